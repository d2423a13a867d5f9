-- Operators and what they see and write; customers.

CREATE TYPE role AS ENUM ('viewer', 'support', 'operator', 'approver', 'auditor', 'admin');
CREATE TYPE customer_kind AS ENUM ('individual', 'business');

CREATE TABLE operators (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  name text NOT NULL,
  password_hash text NOT NULL,
  role role NOT NULL,
  locale text NOT NULL DEFAULT 'es-MX',
  time_zone text NOT NULL DEFAULT 'America/Mexico_City',
  disabled_at timestamptz(3),
  failed_sign_ins int NOT NULL DEFAULT 0,
  locked_until timestamptz(3),
  last_sign_in_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- A session holds the number of the password that it was opened with: a new password ends those of the old one.
  password_version int NOT NULL DEFAULT 1,
  CONSTRAINT operators_locale_check CHECK (locale IN ('es-MX', 'en'))
);
CREATE UNIQUE INDEX operators_email_key ON operators (email);

CREATE TABLE notes (
  id uuid PRIMARY KEY,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  body text NOT NULL,
  operator_id uuid NOT NULL REFERENCES operators (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT notes_subject_type_check CHECK (subject_type IN ('wallet', 'customer', 'withdrawal', 'transfer', 'entity'))
);
CREATE INDEX notes_subject_type_subject_id_created_at_idx ON notes (subject_type, subject_id, created_at);
CREATE TRIGGER notes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON notes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who looked at whose personal data, why, and until when.
CREATE TABLE reveals (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL REFERENCES operators (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  reason text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  -- None without a reason, none for long.
  CONSTRAINT reveals_subject CHECK (subject_type IN ('customer', 'entity', 'transfer', 'withdrawal')),
  CONSTRAINT reveals_reason CHECK (char_length(btrim(reason)) BETWEEN 10 AND 500),
  CONSTRAINT reveals_minutes CHECK (expires_at > at AND expires_at <= at + interval '15 minutes')
);
CREATE INDEX reveals_operator_id_expires_at_idx ON reveals (operator_id, expires_at);
CREATE INDEX reveals_subject_type_subject_id_at_idx ON reveals (subject_type, subject_id, at);
-- A reveal can be ended early and is otherwise kept as it was.
CREATE TRIGGER reveals_kept
  BEFORE UPDATE OF id, operator_id, subject_type, subject_id, reason, at, expires_at OR DELETE OR TRUNCATE ON reveals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE customers (
  id uuid PRIMARY KEY,
  kind customer_kind NOT NULL,
  name text NOT NULL,
  country text NOT NULL,
  tax_id_kind text NOT NULL,
  tax_id text NOT NULL,
  email text,
  phone text,
  external_id text,
  request_id text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL,
  search_text text NOT NULL GENERATED ALWAYS AS (search_text(name)) STORED,
  CONSTRAINT customers_country_check CHECK (country IN ('mx', 'cl')),
  CONSTRAINT customers_tax_id_kind_check CHECK (tax_id_kind IN ('rfc', 'curp', 'rut'))
);
CREATE UNIQUE INDEX customers_external_id_key ON customers (external_id);
CREATE UNIQUE INDEX customers_request_id_key ON customers (request_id);
CREATE INDEX customers_tax_id_idx ON customers (tax_id);
CREATE INDEX customers_created_at_id_idx ON customers (created_at, id);

CREATE TABLE portfolios (
  id uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX portfolios_customer_id_name_key ON portfolios (customer_id, name);
