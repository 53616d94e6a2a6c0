"""The pages of the signed out: set-up, sign-in and joining by a link. Their forms are posted by the browser itself."""
