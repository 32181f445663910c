CREATE TABLE studies (
  study_id integer PRIMARY KEY,
  protocol_number varchar(12) NOT NULL UNIQUE,
  title varchar(120) NOT NULL,
  phase varchar(10) NOT NULL,
  therapeutic_area varchar(30) NOT NULL,
  indication varchar(60) NOT NULL,
  status varchar(10) NOT NULL,
  sponsor varchar(60) NOT NULL,
  start_date date NOT NULL,
  planned_end_date date NOT NULL,
  end_date date,
  target_enrollment integer NOT NULL,
  is_blinded boolean NOT NULL);
CREATE TABLE vendors (
  vendor_id integer PRIMARY KEY,
  name varchar(60) NOT NULL UNIQUE,
  vendor_type varchar(12) NOT NULL,
  city varchar(40) NOT NULL,
  country varchar(40) NOT NULL,
  quality_rating numeric(2, 1),
  last_audit_on date,
  is_active boolean NOT NULL,
  contract_end date);
CREATE TABLE sites (
  site_id integer PRIMARY KEY,
  study_id integer NOT NULL REFERENCES studies,
  site_number varchar(16) NOT NULL UNIQUE,
  name varchar(80) NOT NULL,
  investigator varchar(60),
  city varchar(40) NOT NULL,
  country varchar(40) NOT NULL,
  region varchar(30) NOT NULL,
  status varchar(10) NOT NULL,
  activated_on date,
  closed_on date,
  planned_patients integer NOT NULL,
  enrolled_patients integer NOT NULL);
CREATE TABLE inventory (
  lot_id integer PRIMARY KEY,
  site_id integer NOT NULL REFERENCES sites,
  lot_number varchar(12) NOT NULL UNIQUE,
  product varchar(60) NOT NULL,
  temperature_range varchar(12) NOT NULL,
  quantity integer NOT NULL,
  reorder_level integer NOT NULL,
  status varchar(12) NOT NULL,
  received_on date NOT NULL,
  expiry_date date NOT NULL,
  unit_cost numeric(10, 2),
  last_counted_at timestamp(0));
CREATE TABLE shipments (
  shipment_id integer PRIMARY KEY,
  tracking_number varchar(12) NOT NULL UNIQUE,
  origin_vendor_id integer NOT NULL REFERENCES vendors,
  destination_site_id integer NOT NULL REFERENCES sites,
  product varchar(60) NOT NULL,
  temperature_range varchar(12) NOT NULL,
  quantity integer NOT NULL,
  status varchar(12) NOT NULL,
  carrier varchar(60) NOT NULL,
  requested_at timestamp(0) NOT NULL,
  shipped_on date,
  due_on date NOT NULL,
  delivered_on date,
  delay_reason varchar(20),
  temperature_excursion boolean,
  shipping_cost numeric(10, 2));
CREATE TABLE tasks (
  task_id integer PRIMARY KEY,
  site_id integer NOT NULL REFERENCES sites,
  title varchar(100) NOT NULL,
  category varchar(12) NOT NULL,
  assignee varchar(40),
  priority varchar(10) NOT NULL,
  status varchar(12) NOT NULL,
  created_on date NOT NULL,
  due_on date NOT NULL,
  completed_on date);
CREATE TABLE readings (
  reading_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sensor uuid NOT NULL,
  taken_at timestamptz NOT NULL,
  taken_local timestamp NOT NULL,
  taken_time time NOT NULL,
  celsius double precision,
  humidity real,
  volts numeric,
  flags text[],
  raw bytea,
  note text,
  details jsonb,
  gap interval);
CREATE INDEX readings_by_time ON readings (taken_at);
CREATE VIEW warm_readings AS SELECT reading_id, celsius FROM readings WHERE celsius > 8;
COMMENT ON TABLE readings IS 'What the loggers measured';
COMMENT ON COLUMN readings.celsius IS 'Degrees; null while the sensor warms up';
INSERT INTO readings (sensor, taken_at, taken_local, taken_time, celsius, humidity, volts, flags, raw, note, details, gap) VALUES
  ('6c1b5c55-2b5c-4ef0-9f0c-1f4c3ad0a001', '2026-03-15 08:00:00.123456+00', '2026-03-15 09:00:00.123456', '09:00:00', 4.5, 0.5, 3.30, '{a,b}', '\x00ff10', 'first', '{"ok": true}', '1 hour'),
  ('6c1b5c55-2b5c-4ef0-9f0c-1f4c3ad0a002', '2026-03-29 01:30:00+00', '2026-03-29 02:30:00', '02:30:00', 9.25, 0.25, 12345678901234567890.123456789, NULL, NULL, 'ünï', NULL, NULL),
  ('6c1b5c55-2b5c-4ef0-9f0c-1f4c3ad0a003', '2026-10-25 00:30:00+00', '2026-10-25 02:30:00', '02:30:00', NULL, NULL, NULL, '{}', '\x', NULL, '[]', '-1 mon');
