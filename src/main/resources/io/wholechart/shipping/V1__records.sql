-- Audit records as the journals of all nodes hold them. `line` is the record, byte for byte;
-- kind and at are read off it, for whoever searches.
create table wholechart_audit.record (
  node  text        not null,
  epoch integer     not null,
  seq   bigint      not null,
  kind  text        not null,
  at    timestamptz not null,
  line  text        not null,
  hash  bytea       not null
) partition by range (at);

-- A month's partition has the primary key (node, epoch, seq). The table above them can have none
-- without the time in it, by which one key could stand there twice; a record's time is part of what
-- is hashed, so it always falls into the same month, and whoever adds records reads their keys back.
-- Run by who adds records, with the rights of the owner: that is all that it may do.
create function wholechart_audit.make_month(day date) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  month  date := make_date(extract(year from day)::int, extract(month from day)::int, 1);
  name   text := 'record_' || to_char(month, 'YYYY_MM');
begin
  if to_regclass('wholechart_audit.' || name) is null then
    perform pg_advisory_xact_lock(hashtext('wholechart_audit'));
    execute format(
      'create table if not exists wholechart_audit.%I partition of wholechart_audit.record '
      '(primary key (node, epoch, seq)) for values from (%L) to (%L)',
      name, month || ' 00:00:00+00', (month + interval '1 month')::date || ' 00:00:00+00');
  end if;
end
$$;

revoke all on function wholechart_audit.make_month(date) from public;
