#!/bin/bash
# Empties the databases of all services.
set -e
SKIP_CONFIRM=false
while [ $# -gt 0 ]; do
    case "$1" in
        --yes) SKIP_CONFIRM=true ;;
    esac
    shift
done

if [ "$SKIP_CONFIRM" = false ]; then
    read -r -p "This drops ALL tables. Continue? (yes/no) " answer
    [ "$answer" = "yes" ] || exit 0
fi

for pod in $(kubectl get pods -l tier=service -o name); do
    kubectl exec "$pod" -- sh -c 'psql "$DATABASE_URL" -c "DROP SCHEMA public CASCADE; CREATE SCHEMA public"'
done
