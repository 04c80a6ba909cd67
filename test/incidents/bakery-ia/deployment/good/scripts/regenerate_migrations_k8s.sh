#!/bin/bash
# Empties the database of every service of a development cluster and generates its first migration anew.
set -euo pipefail
NAMESPACE="${NAMESPACE:-bakery-dev}"
ENVIRONMENT="${ENVIRONMENT:-production}"
SERVICES=(auth orders inventory forecasting)

if [ "$ENVIRONMENT" != "development" ]; then
    echo "only the databases of development are emptied" >&2
    exit 1
fi
read -r -p "Empty the databases of $NAMESPACE? Type its name: " answer
[ "$answer" = "$NAMESPACE" ] || exit 1

for service in "${SERVICES[@]}"; do
    pod=$(kubectl get pods -n "$NAMESPACE" -l "app=${service}-service" -o name | head -1)

    kubectl exec -n "$NAMESPACE" "$pod" -c "${service}-service" -- python3 -c "
import asyncio, os
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

async def drop_tables():
    engine = create_async_engine(os.environ['DATABASE_URL'])
    async with engine.begin() as connection:
        await connection.execute(text('DROP TABLE IF EXISTS alembic_version CASCADE'))
    await engine.dispose()

asyncio.run(drop_tables())
"

    kubectl exec -n "$NAMESPACE" "$pod" -c "${service}-service" -- alembic upgrade head
    kubectl exec -n "$NAMESPACE" "$pod" -c "${service}-service" -- alembic revision --autogenerate -m "initial"

    target="services/$service/migrations/versions"
    if ! kubectl cp "$NAMESPACE/${pod#pod/}:/app/migrations/versions" "$target"; then
        echo "copying the migrations of $service failed" >&2
        exit 1
    fi
    find "$target" -name '*.py' -size 0 -print -exec false {} +
done
