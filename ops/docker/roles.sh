#!/bin/sh
# Once, when the database is made: its owner, who migrates, the role of web and worker, which owns nothing, and the one that web takes on for who sees some portfolios alone.
set -eu
psql -v ON_ERROR_STOP=1 --username postgres \
  -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE monedero LOGIN PASSWORD :'owner_password';
CREATE ROLE monedero_app LOGIN BYPASSRLS PASSWORD :'app_password';
CREATE ROLE monedero_app_scoped NOLOGIN;
GRANT monedero_app_scoped TO monedero_app WITH INHERIT FALSE, SET TRUE;
CREATE DATABASE monedero OWNER monedero;
SQL
