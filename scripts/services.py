"""Runs the tests that store something again, on PostgreSQL and Redis, where both are reachable.

TEST_DATABASE_URL and TEST_REDIS_URL name them; without these the usual local ports are tried. In CI (CI=true)
they must be there: a missing one fails the run.
"""

import os
import subprocess
import sys
import uuid
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")


def main() -> int:
    problem = unreachable()
    if problem:
        print(f"PostgreSQL and Redis tests were not run: {problem}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    # The database's own name holds apart two runs that share one server; pytest-django makes test_NAME of it.
    name = f"kubeviz_{uuid.uuid4().hex[:8]}"
    environment = {
        **os.environ,
        "DATABASE_URL": own_database(name),
        "REDIS_URL": REDIS_URL,
        "REDIS_PREFIX": name,
    }
    try:
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-n",
                "2",
                "--create-db",
                "-m",
                "stored and not browser",
                *sys.argv[1:],
            ],
            env=environment,
        ).returncode
    finally:
        drop_databases(name)


def unreachable() -> str | None:
    """What cannot be reached and why, or None."""
    try:
        psycopg.connect(DATABASE_URL, connect_timeout=3).close()
        redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3).ping()
    except (psycopg.Error, redis.RedisError) as error:
        return str(error).strip().splitlines()[0]
    return None


def own_database(name: str) -> str:
    return urlunsplit(urlsplit(DATABASE_URL)._replace(path=f"/{name}"))


def drop_databases(name: str) -> None:
    """Removes what a run that was ended midway left behind."""
    with psycopg.connect(DATABASE_URL, autocommit=True) as connection:
        left = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"test_{name}%"])
        for (database,) in left.fetchall():
            statement = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database))
            connection.execute(statement)


if __name__ == "__main__":
    sys.exit(main())
