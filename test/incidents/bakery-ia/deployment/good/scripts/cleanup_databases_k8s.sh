#!/bin/bash
# Empties the databases of all services of a development cluster.
set -euo pipefail
context=$(kubectl config current-context)
if [ "$context" != "kind-bakery-dev" ]; then
    echo "this is $context: only the databases of development are emptied" >&2
    exit 1
fi
read -r -p "This drops ALL tables of $context. Type its name: " answer
[ "$answer" = "$context" ] || exit 1

for pod in $(kubectl get pods -l tier=service -o name); do
    kubectl exec "$pod" -- sh -c 'psql "$DATABASE_URL" -c "DROP SCHEMA public CASCADE; CREATE SCHEMA public"'
done
