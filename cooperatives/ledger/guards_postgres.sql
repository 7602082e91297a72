-- What the ledger must never do, refused by the database itself; the accumulators; and the posting call.
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: % is never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE TRIGGER ledger_transfer_keep BEFORE UPDATE OR DELETE ON ledger_transfer
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE OR REPLACE TRIGGER ledger_transfer_no_truncate BEFORE TRUNCATE ON ledger_transfer
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE OR REPLACE TRIGGER ledger_chain_keep BEFORE UPDATE OR DELETE ON ledger_chain
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE OR REPLACE TRIGGER ledger_chain_no_truncate BEFORE TRUNCATE ON ledger_chain
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE OR REPLACE TRIGGER ledger_account_no_truncate BEFORE TRUNCATE ON ledger_account
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

CREATE OR REPLACE FUNCTION ledger_account_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.id, NEW.cooperative_id, NEW.purpose, NEW.type, NEW.subject_id)
      IS DISTINCT FROM (OLD.id, OLD.cooperative_id, OLD.purpose, OLD.type, OLD.subject_id) THEN
    RAISE EXCEPTION 'ledger: an account stays in its book and keeps its purpose'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER ledger_account_keep
  BEFORE DELETE OR UPDATE OF id, cooperative_id, purpose, type, subject_id ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_account_keep();

-- Once a statement, over all its rows: a posting of many transfers is checked by one query.
CREATE OR REPLACE FUNCTION ledger_transfer_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  SELECT t.amount, t.debit_account_id, t.credit_account_id, t.pending_id, t.phase,
      d.cooperative_id = t.cooperative_id AND c.cooperative_id = t.cooperative_id AS is_one_book
    INTO wrong
    FROM added t
    JOIN ledger_account d ON d.id = t.debit_account_id
    JOIN ledger_account c ON c.id = t.credit_account_id
    WHERE t.amount <= 0 OR t.debit_account_id = t.credit_account_id
      OR d.cooperative_id <> t.cooperative_id OR c.cooperative_id <> t.cooperative_id
      OR (t.pending_id IS NOT NULL) <> (t.phase IN ('POST', 'VOID', 'EXPIRE'))
      OR (t.pending_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM ledger_transfer p
            WHERE p.id = t.pending_id AND p.phase = 'PENDING' AND t.amount <= p.amount
              AND p.debit_account_id = t.debit_account_id AND p.credit_account_id = t.credit_account_id))
    LIMIT 1;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF NOT wrong.is_one_book THEN
    RAISE EXCEPTION 'ledger: a transfer stays within one book' USING ERRCODE = 'integrity_constraint_violation';
  ELSIF wrong.amount <= 0 OR wrong.debit_account_id = wrong.credit_account_id THEN
    RAISE EXCEPTION 'ledger: a transfer moves more than zero between two accounts'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RAISE EXCEPTION 'ledger: only a pending transfer is posted, voided or expired'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE TRIGGER ledger_transfer_check AFTER INSERT ON ledger_transfer
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_transfer_check();

CREATE OR REPLACE FUNCTION ledger_transfer_accumulate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ledger_account a SET
    debits_posted = a.debits_posted + m.debits, debits_pending = a.debits_pending + m.debits_waiting,
    credits_posted = a.credits_posted + m.credits, credits_pending = a.credits_pending + m.credits_waiting
  FROM (
    SELECT side.account_id, sum(side.debit * side.posted)::bigint AS debits,
      sum(side.debit * side.waiting)::bigint AS debits_waiting, sum(side.credit * side.posted)::bigint AS credits,
      sum(side.credit * side.waiting)::bigint AS credits_waiting
    FROM (
      SELECT x.account_id, x.debit, x.credit,
        CASE WHEN t.phase IN ('SINGLE', 'POST') THEN t.amount ELSE 0 END AS posted,
        CASE WHEN t.phase = 'PENDING' THEN t.amount WHEN t.pending_id IS NULL THEN 0
             ELSE -(SELECT p.amount FROM ledger_transfer p WHERE p.id = t.pending_id) END AS waiting
      FROM added t, LATERAL (VALUES (t.debit_account_id, 1, 0), (t.credit_account_id, 0, 1)) x(account_id, debit, credit)
    ) side GROUP BY side.account_id
  ) m WHERE a.id = m.account_id;
  INSERT INTO ledger_unsealed (transfer_id, cooperative_id, created_at)
    SELECT id, cooperative_id, created_at FROM added;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER ledger_transfer_accumulate AFTER INSERT ON ledger_transfer
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_transfer_accumulate();

-- Posts compounds in order; answers for each: posted | repeated | mismatch | limit:<account>. A compound that
-- is not posted leaves nothing behind. Accounts are made and locked in id order before anything is read.
CREATE OR REPLACE FUNCTION ledger_post(
  accounts uuid[], account_books uuid[], purposes text[], types text[], subjects uuid[], shards int[], floors bigint[],
  compounds int[], ids uuid[], books uuid[], debits uuid[], credits uuid[], amounts bigint[], kinds text[],
  phases text[], pendings uuid[], expiries timestamptz[], cause_kinds text[], cause_ids uuid[], moment timestamptz
) RETURNS text[] LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  outcomes text[] := '{}';
  wanted int; stored int; alike int; is_limited boolean; broken uuid; first int := 1; last int;
BEGIN
  INSERT INTO ledger_account (id, created_at, cooperative_id, purpose, type, subject_id, shard, floor,
                              debits_posted, credits_posted, debits_pending, credits_pending)
    SELECT a.id, moment, a.book, a.purpose, a.type, a.subject, a.shard, a.floor, 0, 0, 0, 0
    FROM unnest(accounts, account_books, purposes, types, subjects, shards, floors)
      AS a(id, book, purpose, type, subject, shard, floor)
    ORDER BY a.id ON CONFLICT (id) DO NOTHING;
  SELECT bool_or(a.floor IS NOT NULL) INTO is_limited
    FROM (SELECT floor FROM ledger_account WHERE id = ANY(accounts) ORDER BY id FOR NO KEY UPDATE) a;
  WHILE first <= cardinality(ids) LOOP
    last := first;
    WHILE last < cardinality(ids) AND compounds[last + 1] = compounds[first] LOOP last := last + 1; END LOOP;
    wanted := last - first + 1;
    SELECT count(*), count(*) FILTER (WHERE (t.debit_account_id, t.credit_account_id, t.amount, t.kind)
        IS NOT DISTINCT FROM (n.debit, n.credit, n.amount, n.kind))
      INTO stored, alike
      FROM ledger_transfer t LEFT JOIN unnest(ids[first:last], debits[first:last], credits[first:last],
        amounts[first:last], kinds[first:last]) AS n(id, debit, credit, amount, kind) ON n.id = t.id
      WHERE t.cause_id = cause_ids[first] AND t.cause_kind = cause_kinds[first];
    IF stored > 0 THEN
      outcomes := outcomes || CASE WHEN stored = wanted AND alike = wanted THEN 'repeated' ELSE 'mismatch' END;
      first := last + 1;
      CONTINUE;
    END IF;
    broken := NULL;
    IF is_limited THEN
      SELECT a.id INTO broken
        FROM ledger_account a JOIN (
          SELECT x.account_id, sum(x.debit * n.posted) AS debits, sum(x.credit * n.posted) AS credits,
                 sum(x.debit * n.waiting) AS debits_waiting, sum(x.credit * n.waiting) AS credits_waiting
          FROM (
            SELECT u.debit, u.credit, CASE WHEN u.phase IN ('SINGLE', 'POST') THEN u.amount ELSE 0 END AS posted,
              CASE WHEN u.phase = 'PENDING' THEN u.amount WHEN u.pending IS NULL THEN 0
                   ELSE -(SELECT p.amount FROM ledger_transfer p WHERE p.id = u.pending) END AS waiting
            FROM unnest(debits[first:last], credits[first:last], amounts[first:last], phases[first:last],
              pendings[first:last]) AS u(debit, credit, amount, phase, pending)
          ) n, LATERAL (VALUES (n.debit, 1, 0), (n.credit, 0, 1)) x(account_id, debit, credit)
          GROUP BY x.account_id
        ) m ON m.account_id = a.id
        WHERE a.floor IS NOT NULL AND a.floor > CASE WHEN a.type IN ('ASSET', 'EXPENSE')
          THEN a.debits_posted + m.debits - a.credits_posted - m.credits - a.credits_pending - m.credits_waiting
          ELSE a.credits_posted + m.credits - a.debits_posted - m.debits - a.debits_pending - m.debits_waiting END
          -- what only adds to an account is never refused, though it stay below its floor
          AND CASE WHEN a.type IN ('ASSET', 'EXPENSE') THEN m.credits + m.credits_waiting > m.debits
                   ELSE m.debits + m.debits_waiting > m.credits END
        ORDER BY a.id LIMIT 1;
    END IF;
    IF broken IS NOT NULL THEN
      outcomes := outcomes || ('limit:' || broken);
    ELSE
      INSERT INTO ledger_transfer (id, created_at, cooperative_id, debit_account_id, credit_account_id, amount, kind,
                                   cause_kind, cause_id, ordinal, phase, pending_id, expires_at)
        SELECT n.id, moment, n.book, n.debit, n.credit, n.amount, n.kind, cause_kinds[first], cause_ids[first],
               n.ordinal - 1, n.phase, n.pending, n.expires
        FROM unnest(ids[first:last], books[first:last], debits[first:last], credits[first:last], amounts[first:last],
          kinds[first:last], phases[first:last], pendings[first:last], expiries[first:last])
          WITH ORDINALITY AS n(id, book, debit, credit, amount, kind, phase, pending, expires, ordinal);
      outcomes := outcomes || 'posted'::text;
    END IF;
    first := last + 1;
  END LOOP;
  RETURN outcomes;
END $$;

CREATE INDEX IF NOT EXISTS ledger_transfer_expiry ON ledger_transfer (expires_at) WHERE phase = 'PENDING';
