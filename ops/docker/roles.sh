#!/bin/sh
# Once, when the database is made: its owner, who migrates, and the role of web and worker, which owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 --username postgres \
  -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE monedero LOGIN PASSWORD :'owner_password';
CREATE ROLE monedero_app LOGIN PASSWORD :'app_password';
CREATE DATABASE monedero OWNER monedero;
SQL
