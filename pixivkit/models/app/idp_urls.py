"""Where people manage their account."""

from __future__ import annotations

import attrs

from ..base import Model, alias

__all__ = ["IdpUrls"]


@attrs.define(kw_only=True)
class IdpUrls(Model):
    """
    Addresses around an account; the shape is what clients read, no reply was recorded.

    Attributes:
        account_edit: Where to change the account.
        account_leave_prepare: Where to delete it.
        account_leave_status: Where to see whether it is being deleted.
        account_setting_prepare: Where to set it up.
        auth_token: The token endpoint.
        auth_token_redirect_uri: Where a login leads back to.
    """

    account_edit: str | None = alias("account-edit", default=None)
    account_leave_prepare: str | None = alias("account-leave-prepare", default=None)
    account_leave_status: str | None = alias("account-leave-status", default=None)
    account_setting_prepare: str | None = alias("account-setting-prepare", default=None)
    auth_token: str | None = alias("auth-token", default=None)
    auth_token_redirect_uri: str | None = alias("auth-token-redirect-uri", default=None)
