"""Finds social accounts: of a creator, by id, for a page of the list; and as adapters need one."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from reelwright.kit.errors import NotFound, ReconnectNeeded
from reelwright.kit.keyset import PageRequest, RowPage, select_page
from reelwright.publishing.grant import Grant
from reelwright.publishing.history import title_of
from reelwright.publishing.platform import Account
from reelwright.publishing.social_account import AccountState, ConnectWay
from reelwright.publishing.tables import SocialAccountRow


def load_account(session: Session, creator_id: str, account_id: str, *, is_to_change: bool = False) -> SocialAccountRow:
    """The creator's account, disconnected ones too. Raises NotFound where it is not there or not theirs."""
    statement = select(SocialAccountRow).where(SocialAccountRow.id == account_id, SocialAccountRow.creator_id == creator_id)
    row = session.scalars(statement.with_for_update() if is_to_change else statement).one_or_none()
    if row is None:
        raise NotFound("There is no such account among those that you connected. GET /v1/social-accounts lists them.")
    return row


def list_accounts(session: Session, creator_id: str, platform: str | None, request: PageRequest) -> RowPage[SocialAccountRow]:
    """A page of the creator's accounts, without those that were disconnected."""
    statement: Select[SocialAccountRow] = select(SocialAccountRow).where(
        SocialAccountRow.creator_id == creator_id, SocialAccountRow.state != AccountState.DISCONNECTED
    )
    if platform is not None:
        statement = statement.where(SocialAccountRow.platform == platform)
    return select_page(session, statement, SocialAccountRow.created_at, SocialAccountRow.id, request)


def require_connected(row: SocialAccountRow) -> None:
    """Raises ReconnectNeeded, in words, where nothing can be done with the account as it is."""
    if row.state == AccountState.DISCONNECTED:
        raise ReconnectNeeded(f"{describe_account(row)} was disconnected. Connect it again to post to it.")
    if row.state == AccountState.RECONNECT_NEEDED:
        raise ReconnectNeeded(row.state_detail or f"{describe_account(row)} has to be connected again.")


def account_with(row: SocialAccountRow, grant: Grant) -> Account:
    """The account as adapters take it."""
    return Account(external_id=row.external_id, username=row.username, way=way_of(row), grant=grant)


def way_of(row: SocialAccountRow) -> ConnectWay:
    """How the account was connected."""
    way: ConnectWay = row.way  # type: ignore[assignment]  # only this module's callers write it, from a ConnectWay
    return way


def describe_account(row: SocialAccountRow) -> str:
    """'Instagram @maya.sea', as sentences call it."""
    return f"{title_of(row.platform)} {f'@{row.username}' if row.username else row.name}".strip()
