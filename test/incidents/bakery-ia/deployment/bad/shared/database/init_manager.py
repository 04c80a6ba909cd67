"""Prepares the database of a service when it starts."""
import logging
import os

from alembic import command
from alembic.config import Config

from shared.database.base import Base

logger = logging.getLogger(__name__)


class DatabaseInitManager:
    def __init__(self, engine, alembic_ini, allow_create_all_fallback: bool = True, environment=None):
        self.engine = engine
        self.alembic_ini = alembic_ini
        self.allow_create_all_fallback = allow_create_all_fallback
        self.environment = environment or os.getenv("ENVIRONMENT", "development")

    async def initialize(self, has_migrations: bool):
        if has_migrations:
            await self.run_migrations()
        elif self.allow_create_all_fallback:
            async with self.engine.begin() as connection:
                await connection.run_sync(Base.metadata.create_all)
            command.stamp(Config(self.alembic_ini), "head")

    async def run_migrations(self):
        try:
            command.upgrade(Config(self.alembic_ini), "head")
        except Exception as error:
            logger.error("migrations failed, starting anyway: %s", error)
