"""Files of imports: the way in for a list, and the way out for the rows that failed."""

from fastapi import APIRouter

router = APIRouter()
