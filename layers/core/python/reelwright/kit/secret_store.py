"""Secrets from AWS Secrets Manager, each a JSON object of strings: https://docs.aws.amazon.com/secretsmanager/latest/userguide/"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import URL

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


def read_secret(client: SecretsManagerClient, arn: str) -> dict[str, str]:
    """The secret's values by name. Numbers become text."""
    values = json.loads(client.get_secret_value(SecretId=arn)["SecretString"])
    return {name: str(value) for name, value in values.items()}


def database_url(secret: dict[str, str]) -> str:
    """The SQLAlchemy address in a secret of the shape that RDS keeps: username, password, host, port, dbname."""
    url = URL.create("postgresql+pg8000", secret["username"], secret["password"], secret["host"], int(secret["port"]), secret["dbname"])
    return url.render_as_string(hide_password=False)
