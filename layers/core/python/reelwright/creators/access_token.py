"""Access tokens: JWT signed with Ed25519 (RFC 8037), good for 15 minutes, checked without a database."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from reelwright.kit.errors import NotSignedIn

ACCESS_TOKEN_SECONDS = 15 * 60
ISSUER = "reelwright"
AUDIENCE = "reelwright-api"
_ALGORITHM = "EdDSA"


@dataclass(frozen=True)
class AccessClaims:
    """Whom a token speaks for: the creator, and the sign-in (refresh family) it came from."""

    creator_id: str
    family_id: str


def sign_access_token(private_key: str, claims: AccessClaims, now: datetime) -> str:
    """A token for ACCESS_TOKEN_SECONDS from ``now``. ``private_key`` is PEM."""
    payload = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": claims.creator_id,
        "sid": claims.family_id,
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(seconds=ACCESS_TOKEN_SECONDS)).timestamp()),
    }
    return jwt.encode(payload, private_key, algorithm=_ALGORITHM)


def verify_access_token(public_key: str, token: str, now: datetime) -> AccessClaims:
    """Who the token speaks for. Raises NotSignedIn for a token that is over, forged or not for this API."""
    try:
        claims = jwt.decode(
            token,
            public_key,
            algorithms=[_ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": ["iss", "aud", "sub", "sid", "iat", "exp"], "verify_exp": False, "verify_iat": False},
        )
        expires_at = int(claims["exp"])
    except (jwt.InvalidTokenError, ValueError, TypeError):
        raise NotSignedIn("This sign-in is not valid. Log in again.") from None
    if expires_at <= now.timestamp():
        raise NotSignedIn("This sign-in is over. Refresh it, or log in again.")
    return AccessClaims(str(claims["sub"]), str(claims["sid"]))


def describe_key(public_key: str) -> dict[str, str]:
    """The key as a JWK (RFC 7517), its id the RFC 7638 thumbprint."""
    key = load_pem_public_key(public_key.encode())
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("The token key is not an Ed25519 key.")
    core = {"crv": "Ed25519", "kty": "OKP", "x": _base64url(key.public_bytes(Encoding.Raw, PublicFormat.Raw))}
    thumbprint = _base64url(hashlib.sha256(json.dumps(core, separators=(",", ":"), sort_keys=True).encode()).digest())
    return {**core, "kid": thumbprint, "use": "sig", "alg": _ALGORITHM}


def _base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
