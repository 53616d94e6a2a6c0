"""Every page: its address, its title, and what is read when it opens."""

import reflex as rx

from leadboard.ui.account import page as account
from leadboard.ui.account.state import AccountState
from leadboard.ui.batches.state import BatchState
from leadboard.ui.board import page as board
from leadboard.ui.board.state import BoardState
from leadboard.ui.discovery.state import DiscoveryState
from leadboard.ui.frame import Frame
from leadboard.ui.icp import page as icp
from leadboard.ui.icp.state import IcpState
from leadboard.ui.imports import page as imports
from leadboard.ui.imports.state import ImportState
from leadboard.ui.lead.state import LeadState
from leadboard.ui.lost import LostState
from leadboard.ui.lost import page as lost
from leadboard.ui.providers import page as providers
from leadboard.ui.providers.state import ProvidersState
from leadboard.ui.sales import page as sales
from leadboard.ui.sales.state import SalesState
from leadboard.ui.settings import page as settings
from leadboard.ui.settings.state import SettingsState
from leadboard.ui.sign_in import page as door
from leadboard.ui.sign_in.state import DoorState
from leadboard.ui.spend import page as spend
from leadboard.ui.spend.state import SpendState
from leadboard.ui.start import StartState
from leadboard.ui.start import page as start


def add_pages(app: rx.App) -> None:
    """Register the pages."""

    def add(page, route: str, title: str, *on_load) -> None:
        app.add_page(page, route=route, title=f"{title} · leadboard", on_load=list(on_load))

    add(start, "/", "leadboard", StartState.go)
    add(door.set_up, "/setup", "Set up", DoorState.set_up)
    add(door.sign_in, "/sign-in", "Sign in", DoorState.sign_in)
    add(door.join, "/join/[slug]", "Join", DoorState.join)
    add(account.page, "/account", "Account", AccountState.look)
    over_board = (BoardState.look, LeadState.look, DiscoveryState.look, BatchState.look)
    add(board.page, "/w/[slug]/board/[[lead]]", "Board", Frame.enter, *over_board)
    add(sales.page, "/w/[slug]/sales/[[lead]]", "Sales", Frame.enter, SalesState.look, LeadState.look)
    add(imports.page, "/w/[slug]/import/[[job]]", "Import", Frame.enter, ImportState.look)
    add(icp.page, "/w/[slug]/icp", "Ideal customer", Frame.enter, IcpState.look)
    add(providers.page, "/w/[slug]/providers", "Providers", Frame.enter, ProvidersState.look)
    add(spend.page, "/w/[slug]/spend", "Spend", Frame.enter, SpendState.look)
    add(settings.page, "/w/[slug]/settings", "Settings", Frame.enter, SettingsState.look)
    add(lost, "404", "Not found", LostState.look)
