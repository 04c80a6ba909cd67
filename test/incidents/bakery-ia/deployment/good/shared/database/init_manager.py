"""Looks at the database of a service when it starts; a Job has migrated it before."""
import logging

from alembic import command
from alembic.config import Config

logger = logging.getLogger(__name__)


class DatabaseInitManager:
    def __init__(self, engine, alembic_ini):
        self.engine = engine
        self.alembic_ini = alembic_ini

    async def initialize(self, has_migrations: bool):
        if not has_migrations:
            raise RuntimeError("this service has no migrations: generate and commit them before it is deployed")
        try:
            command.upgrade(Config(self.alembic_ini), "head")
        except Exception:
            logger.exception("migrations failed")
            raise
