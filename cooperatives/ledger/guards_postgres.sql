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

-- That a transfer's accounts are there, the accumulators below see, which find both or refuse; and none is ever removed.
-- Foreign keys would look each account up once more, and lock it, for every transfer.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = 'ledger_transfer'::regclass AND contype = 'f' LOOP
    EXECUTE format('ALTER TABLE ledger_transfer DROP CONSTRAINT %I', name);
  END LOOP;
END $$;

-- Names what is wrong with rows that the accumulators below refused. Called only then: it costs a query.
CREATE OR REPLACE FUNCTION ledger_say_wrong(wrong uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT * FROM ledger_transfer WHERE id = ANY(wrong) LOOP
    IF t.amount <= 0 OR t.debit_account_id = t.credit_account_id THEN
      RAISE EXCEPTION 'ledger: a transfer moves more than zero between two accounts'
        USING ERRCODE = 'integrity_constraint_violation';
    ELSIF 2 > (SELECT count(*) FROM ledger_account WHERE id IN (t.debit_account_id, t.credit_account_id)
                 AND cooperative_id = t.cooperative_id) THEN
      RAISE EXCEPTION 'ledger: a transfer stays within one book' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  RAISE EXCEPTION 'ledger: only a pending transfer is posted, voided or expired'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Once a statement: the accumulators move, the chain's queue grows, and what may not be is refused. An account of
-- another book is not found, so fewer accounts move than were named. A few rows are taken one by one, whose plans are
-- so plain that they start in no time; many in one query, in which each account moves once.
CREATE OR REPLACE FUNCTION ledger_transfer_accumulate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_right boolean; one record; posted bigint; waiting bigint;
BEGIN
  IF current_setting('ledger.accounts_moved', true) = 'yes' THEN -- by `ledger_post_plain`, which locks by moving
    INSERT INTO ledger_unsealed (transfer_id, cooperative_id, created_at)
      SELECT t.id, t.cooperative_id, t.created_at FROM added t;
    RETURN NULL;
  END IF;
  IF (SELECT count(*) FROM added) <= 4 THEN
    FOR one IN SELECT * FROM added LOOP
      posted := CASE WHEN one.phase IN ('SINGLE', 'POST') THEN one.amount ELSE 0 END;
      waiting := CASE WHEN one.phase = 'PENDING' THEN one.amount ELSE 0 END;
      is_right := one.amount > 0 AND one.debit_account_id <> one.credit_account_id
        AND (one.pending_id IS NOT NULL) = (one.phase IN ('POST', 'VOID', 'EXPIRE'));
      IF one.pending_id IS NOT NULL THEN
        SELECT -p.amount INTO waiting FROM ledger_transfer p
          WHERE p.id = one.pending_id AND p.phase = 'PENDING' AND one.amount <= p.amount
            AND p.debit_account_id = one.debit_account_id AND p.credit_account_id = one.credit_account_id;
        is_right := is_right AND FOUND;
      END IF;
      IF is_right THEN
        UPDATE ledger_account a SET debits_posted = a.debits_posted + posted, debits_pending = a.debits_pending + waiting
          WHERE a.id = one.debit_account_id AND a.cooperative_id = one.cooperative_id;
        is_right := FOUND;
        UPDATE ledger_account a
          SET credits_posted = a.credits_posted + posted, credits_pending = a.credits_pending + waiting
          WHERE a.id = one.credit_account_id AND a.cooperative_id = one.cooperative_id;
        is_right := is_right AND FOUND;
      END IF;
      IF NOT is_right THEN
        PERFORM ledger_say_wrong(ARRAY[one.id]);
      END IF;
      INSERT INTO ledger_unsealed (transfer_id, cooperative_id, created_at)
        VALUES (one.id, one.cooperative_id, one.created_at);
    END LOOP;
    RETURN NULL;
  END IF;
  WITH rows AS (
    SELECT t.id, t.cooperative_id, t.created_at, t.debit_account_id, t.credit_account_id,
      CASE WHEN t.phase IN ('SINGLE', 'POST') THEN t.amount ELSE 0 END AS posted,
      CASE WHEN t.phase = 'PENDING' THEN t.amount WHEN t.pending_id IS NULL THEN 0
           ELSE -(SELECT p.amount FROM ledger_transfer p
                  WHERE p.id = t.pending_id AND p.phase = 'PENDING' AND t.amount <= p.amount
                    AND p.debit_account_id = t.debit_account_id AND p.credit_account_id = t.credit_account_id)
      END AS waiting, -- NULL: no such pending transfer
      t.amount > 0 AND t.debit_account_id <> t.credit_account_id
        AND (t.pending_id IS NOT NULL) = (t.phase IN ('POST', 'VOID', 'EXPIRE')) AS is_sound
    FROM added t
  ), sides AS (
    SELECT x.account_id, r.cooperative_id,
      sum(x.debit * r.posted)::bigint AS debits, sum(x.debit * r.waiting)::bigint AS debits_waiting,
      sum(x.credit * r.posted)::bigint AS credits, sum(x.credit * r.waiting)::bigint AS credits_waiting
    FROM rows r, LATERAL (VALUES (r.debit_account_id, 1, 0), (r.credit_account_id, 0, 1)) x(account_id, debit, credit)
    GROUP BY x.account_id, r.cooperative_id
  ), moved AS (
    UPDATE ledger_account a SET
      debits_posted = a.debits_posted + s.debits, debits_pending = a.debits_pending + COALESCE(s.debits_waiting, 0),
      credits_posted = a.credits_posted + s.credits,
      credits_pending = a.credits_pending + COALESCE(s.credits_waiting, 0)
    FROM sides s WHERE a.id = s.account_id AND a.cooperative_id = s.cooperative_id
    RETURNING a.id
  ), queued AS (
    INSERT INTO ledger_unsealed (transfer_id, cooperative_id, created_at)
      SELECT r.id, r.cooperative_id, r.created_at FROM rows r
  )
  SELECT (SELECT bool_and(r.is_sound AND r.waiting IS NOT NULL) FROM rows r)
     AND (SELECT count(*) FROM sides) = (SELECT count(*) FROM moved) INTO is_right;
  IF NOT is_right THEN
    PERFORM ledger_say_wrong(ARRAY(SELECT t.id FROM added t));
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS ledger_transfer_check ON ledger_transfer;
DROP FUNCTION IF EXISTS ledger_transfer_check();
CREATE OR REPLACE TRIGGER ledger_transfer_accumulate AFTER INSERT ON ledger_transfer
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_transfer_accumulate();

-- An account comes to be with its first posting, from the words that say what it is.
CREATE OR REPLACE FUNCTION ledger_open(account uuid, about text, moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  said text[] := string_to_array(about, ' ', '');
BEGIN
  INSERT INTO ledger_account (id, created_at, cooperative_id, purpose, type, shard, subject_id, floor,
                              debits_posted, credits_posted, debits_pending, credits_pending)
    VALUES (account, moment, said[1]::uuid, said[2], said[3], said[4]::int, said[5]::uuid, said[6]::bigint, 0, 0, 0, 0)
    ON CONFLICT (id) DO NOTHING;
END $$;

-- Posts one compound that resolves nothing, where nothing refuses it. Else answers false with nothing changed, and
-- `ledger_post` says what refuses it. An account is touched once: its move locks it, and what that answers is held
-- against the limit. What was moved is moved back when an account refuses or the cause stands already.
CREATE OR REPLACE FUNCTION ledger_post_plain(
  accounts uuid[], about text[], ids uuid[], books uuid[], debits uuid[], credits uuid[], amounts bigint[], kinds text[],
  phases text[], expiries timestamptz[], why text, cause uuid, moment timestamptz
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  rows int := cardinality(ids); moved int := 0; is_right boolean := true; is_below boolean; is_debit boolean;
  book uuid; debit bigint; credit bigint; debit_waiting bigint; credit_waiting bigint; mark text;
BEGIN
  FOR spot IN 1..rows LOOP
    IF amounts[spot] <= 0 OR debits[spot] = credits[spot] OR phases[spot] NOT IN ('SINGLE', 'PENDING') THEN
      RETURN false;
    END IF;
  END LOOP;
  FOR place IN 1..cardinality(accounts) LOOP
    debit := 0; credit := 0; debit_waiting := 0; credit_waiting := 0; book := NULL;
    FOR spot IN 1..rows LOOP
      IF accounts[place] = debits[spot] THEN
        IF phases[spot] = 'SINGLE' THEN debit := debit + amounts[spot];
        ELSE debit_waiting := debit_waiting + amounts[spot]; END IF;
      ELSIF accounts[place] = credits[spot] THEN
        IF phases[spot] = 'SINGLE' THEN credit := credit + amounts[spot];
        ELSE credit_waiting := credit_waiting + amounts[spot]; END IF;
      ELSE
        CONTINUE;
      END IF;
      is_right := is_right AND books[spot] = COALESCE(book, books[spot]);
      book := books[spot];
    END LOOP;
    EXIT WHEN NOT is_right;
    FOR attempt IN 1..2 LOOP
      -- An account that is nearly full is left to the careful way, in which a repeat is found before it overflows.
      UPDATE ledger_account a SET
          debits_posted = a.debits_posted + debit, credits_posted = a.credits_posted + credit,
          debits_pending = a.debits_pending + debit_waiting, credits_pending = a.credits_pending + credit_waiting
        WHERE a.id = accounts[place] AND a.cooperative_id = book AND 9000000000000000000
          > GREATEST(a.debits_posted, a.credits_posted, a.debits_pending, a.credits_pending)
        RETURNING a.floor > CASE WHEN a.type IN ('ASSET', 'EXPENSE')
            THEN a.debits_posted - a.credits_posted - a.credits_pending
            ELSE a.credits_posted - a.debits_posted - a.debits_pending END, a.type IN ('ASSET', 'EXPENSE')
          INTO is_below, is_debit;
      is_right := FOUND;
      EXIT WHEN FOUND OR attempt = 2;
      PERFORM ledger_open(accounts[place], about[place], moment);
    END LOOP;
    EXIT WHEN NOT is_right;
    moved := place;
    IF is_below THEN -- what only adds to an account is never refused, though it stay below
      is_right := CASE WHEN is_debit THEN credit + credit_waiting <= debit ELSE debit + debit_waiting <= credit END;
      EXIT WHEN NOT is_right;
    END IF;
  END LOOP;

  IF is_right THEN
    mark := set_config('ledger.accounts_moved', 'yes', true); -- the trigger need not move them
    IF rows = 1 THEN
      INSERT INTO ledger_transfer (id, created_at, cooperative_id, debit_account_id, credit_account_id, amount, kind,
                                   cause_kind, cause_id, ordinal, phase, pending_id, expires_at)
        SELECT ids[1], moment, books[1], debits[1], credits[1], amounts[1], kinds[1], why, cause, 0, phases[1], NULL,
               expiries[1]
        WHERE NOT EXISTS (SELECT FROM ledger_transfer t WHERE t.cause_id = cause AND t.cause_kind = why);
    ELSE
      INSERT INTO ledger_transfer (id, created_at, cooperative_id, debit_account_id, credit_account_id, amount, kind,
                                   cause_kind, cause_id, ordinal, phase, pending_id, expires_at)
        SELECT n.id, moment, n.book, n.debit, n.credit, n.amount, n.kind, why, cause, n.place - 1, n.phase, NULL,
               n.expires
        FROM unnest(ids, books, debits, credits, amounts, kinds, phases, expiries)
          WITH ORDINALITY AS n(id, book, debit, credit, amount, kind, phase, expires, place)
        WHERE NOT EXISTS (SELECT FROM ledger_transfer t WHERE t.cause_id = cause AND t.cause_kind = why);
    END IF;
    is_right := FOUND;
    mark := set_config('ledger.accounts_moved', '', true);
  END IF;
  IF NOT is_right THEN
    UPDATE ledger_account a SET
        debits_posted = a.debits_posted - m.debits, debits_pending = a.debits_pending - m.debits_waiting,
        credits_posted = a.credits_posted - m.credits, credits_pending = a.credits_pending - m.credits_waiting
      FROM (
        SELECT x.id, sum(x.debit * n.posted)::bigint AS debits, sum(x.debit * n.waiting)::bigint AS debits_waiting,
          sum(x.credit * n.posted)::bigint AS credits, sum(x.credit * n.waiting)::bigint AS credits_waiting
        FROM (
          SELECT u.debit, u.credit, CASE u.phase WHEN 'SINGLE' THEN u.amount ELSE 0 END AS posted,
            CASE u.phase WHEN 'PENDING' THEN u.amount ELSE 0 END AS waiting
          FROM unnest(debits, credits, amounts, phases) AS u(debit, credit, amount, phase)
        ) n, LATERAL (VALUES (n.debit, 1, 0), (n.credit, 0, 1)) x(id, debit, credit) GROUP BY x.id
      ) m WHERE a.id = m.id AND a.id = ANY(accounts[1:moved]);
  END IF;
  RETURN is_right;
END $$;

-- Posts compounds as if one after the other; answers for each: posted | repeated | mismatch | limit:<account> |
-- a reason why a pending transfer is not resolved:<its id> (see accounts.Outcome). A compound that is not
-- posted leaves nothing behind. Accounts are made and locked in the order of their ids, which `accounts` has, before
-- anything is read; `about` says of each what it would be made as: book, purpose, type, shard, subject, floor.
--
-- A resolution gives its pending transfer's id and phase; accounts and kind are then NULL, as is the amount for the
-- whole. Compounds that can't be refused, whatever becomes of the others, are written in one statement; only the
-- rest are looked at one by one. What starts a statement costs more than what a plain one does, so a compound that
-- comes alone is held against limits by sums over its arrays, and rows are compared only where its cause stands.
DROP FUNCTION IF EXISTS ledger_post(
  uuid[], uuid[], text[], text[], uuid[], int[], bigint[], int[], uuid[], uuid[], uuid[], uuid[], bigint[], text[],
  text[], uuid[], timestamptz[], text[], uuid[], timestamptz);
CREATE OR REPLACE FUNCTION ledger_post(
  accounts uuid[], about text[], compounds int[], ids uuid[], books uuid[], debits uuid[], credits uuid[],
  amounts bigint[], kinds text[], phases text[], pendings uuid[], expiries timestamptz[], cause_kinds text[],
  cause_ids uuid[], moment timestamptz
) RETURNS text[] LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
  SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  outcomes text[]; locks uuid[] := accounts; limited uuid[]; careful int[];
  wanted int; stored int; alike int; verdict text; pending record; first int := 1; last int; place int;
  rows int := cardinality(ids); account record;
  is_alone boolean := compounds[1] = compounds[rows];
  is_resolving boolean := cardinality(array_remove(pendings, NULL)) > 0;
BEGIN
  IF is_resolving THEN
    SELECT locks || array_agg(x.id) INTO locks FROM ledger_transfer p,
      LATERAL (VALUES (p.debit_account_id), (p.credit_account_id)) x(id) WHERE p.id = ANY(pendings);
  END IF;
  IF is_alone AND NOT is_resolving AND rows <= 16 AND ledger_post_plain(
      accounts, about, ids, books, debits, credits, amounts, kinds, phases, expiries, cause_kinds[1], cause_ids[1], moment
    ) THEN
    RETURN '{posted}';
  END IF;
  IF cardinality(accounts) > (SELECT count(*) FROM ledger_account WHERE id = ANY(accounts)) THEN
    FOR account IN SELECT l.id, min(a.line) AS line FROM unnest(locks) AS l(id)
        LEFT JOIN unnest(accounts, about) AS a(id, line) ON a.id = l.id GROUP BY l.id ORDER BY l.id LOOP
      IF account.line IS NOT NULL THEN
        PERFORM ledger_open(account.id, account.line, moment);
      END IF;
      PERFORM FROM ledger_account WHERE id = account.id FOR NO KEY UPDATE;
    END LOOP;
  END IF;
  SELECT array_agg(a.id) FILTER (WHERE a.floor IS NOT NULL) INTO limited
    FROM (SELECT id, floor FROM ledger_account WHERE id = ANY(locks) ORDER BY id FOR NO KEY UPDATE) a;

  IF NOT is_alone THEN
    careful := ledger_careful(compounds, ids, debits, credits, amounts, pendings, cause_kinds, cause_ids, limited);
    INSERT INTO ledger_transfer (id, created_at, cooperative_id, debit_account_id, credit_account_id, amount, kind,
                                 cause_kind, cause_id, ordinal, phase, pending_id, expires_at)
      SELECT n.id, moment, n.book, n.debit, n.credit, n.amount, n.kind, n.cause_kind, n.cause_id,
             row_number() OVER (PARTITION BY n.compound ORDER BY n.place) - 1, n.phase, NULL, n.expires
      FROM unnest(compounds, ids, books, debits, credits, amounts, kinds, phases, expiries, cause_kinds, cause_ids)
        WITH ORDINALITY AS n(compound, id, book, debit, credit, amount, kind, phase, expires, cause_kind, cause_id, place)
      WHERE NOT n.compound = ANY(careful);
  END IF;

  WHILE first <= rows LOOP
    last := first;
    WHILE last < rows AND compounds[last + 1] = compounds[first] LOOP last := last + 1; END LOOP;
    IF NOT compounds[first] = ANY(careful) THEN
      outcomes := outcomes || 'posted'::text;
      first := last + 1;
      CONTINUE;
    END IF;
    wanted := last - first + 1;
    verdict := NULL;
    IF is_resolving THEN
      FOR place IN first..last LOOP
        CONTINUE WHEN pendings[place] IS NULL;
        SELECT p.*, CASE
            WHEN NOT p.debit_account_id = ANY(locks) THEN 'not_found' -- committed since the locks were taken
            WHEN p.phase <> 'PENDING' THEN 'not_pending'
            WHEN amounts[place] > p.amount THEN 'exceeds_pending'
            WHEN r.phase = 'POST' THEN 'already_posted'
            WHEN r.phase = 'VOID' THEN 'already_voided'
            WHEN r.phase = 'EXPIRE' THEN 'expired'
            WHEN p.expires_at <= moment AND phases[place] <> 'EXPIRE' THEN 'expired'
            WHEN phases[place] = 'EXPIRE' AND (p.expires_at IS NULL OR p.expires_at > moment) THEN 'not_due'
            WHEN pendings[place] = ANY(pendings[first:place - 1]) THEN 'named_twice' END AS wrong
          INTO pending FROM ledger_transfer p LEFT JOIN ledger_transfer r ON r.pending_id = p.id
          WHERE p.id = pendings[place];
        books[place] := pending.cooperative_id;
        debits[place] := pending.debit_account_id;
        credits[place] := pending.credit_account_id;
        kinds[place] := pending.kind;
        amounts[place] := COALESCE(amounts[place], pending.amount);
        verdict := COALESCE(verdict, CASE WHEN pending.id IS NULL THEN 'not_found' ELSE pending.wrong END
                                     || ':' || pendings[place]);
      END LOOP;
    END IF;
    IF EXISTS (SELECT FROM ledger_transfer t WHERE t.cause_id = cause_ids[first] AND t.cause_kind = cause_kinds[first]) THEN
      SELECT count(*), count(*) FILTER (WHERE
          (t.debit_account_id, t.credit_account_id, t.amount, t.kind, t.phase, t.pending_id, t.expires_at)
          IS NOT DISTINCT FROM (n.debit, n.credit, n.amount, n.kind, n.phase, n.pending, n.expires))
        INTO stored, alike
        FROM ledger_transfer t LEFT JOIN unnest(debits[first:last], credits[first:last], amounts[first:last],
          kinds[first:last], phases[first:last], pendings[first:last], expiries[first:last])
          WITH ORDINALITY AS n(debit, credit, amount, kind, phase, pending, expires, ordinal) ON n.ordinal - 1 = t.ordinal
        WHERE t.cause_id = cause_ids[first] AND t.cause_kind = cause_kinds[first];
      verdict := CASE WHEN stored = wanted AND alike = wanted THEN 'repeated' ELSE 'mismatch' END;
    ELSIF verdict IS NULL AND limited IS NOT NULL THEN
      verdict := 'limit:' || ledger_below_floor(limited, debits[first:last], credits[first:last],
                                                amounts[first:last], phases[first:last], pendings[first:last]);
    END IF;
    IF verdict IS NULL AND wanted = 1 THEN
      INSERT INTO ledger_transfer (id, created_at, cooperative_id, debit_account_id, credit_account_id, amount, kind,
                                   cause_kind, cause_id, ordinal, phase, pending_id, expires_at)
        VALUES (ids[first], moment, books[first], debits[first], credits[first], amounts[first], kinds[first],
                cause_kinds[first], cause_ids[first], 0, phases[first], pendings[first], expiries[first]);
    ELSIF verdict IS NULL THEN
      INSERT INTO ledger_transfer (id, created_at, cooperative_id, debit_account_id, credit_account_id, amount, kind,
                                   cause_kind, cause_id, ordinal, phase, pending_id, expires_at)
        SELECT n.id, moment, n.book, n.debit, n.credit, n.amount, n.kind, cause_kinds[first], cause_ids[first],
               n.ordinal - 1, n.phase, n.pending, n.expires
        FROM unnest(ids[first:last], books[first:last], debits[first:last], credits[first:last], amounts[first:last],
          kinds[first:last], phases[first:last], pendings[first:last], expiries[first:last])
          WITH ORDINALITY AS n(id, book, debit, credit, amount, kind, phase, pending, expires, ordinal);
    END IF;
    outcomes := outcomes || COALESCE(verdict, 'posted');
    first := last + 1;
  END LOOP;
  RETURN outcomes;
END $$;

-- The compounds of a batch that something may refuse, or on which such a verdict hangs: their cause stands already or
-- comes twice, they resolve a pending transfer or hold one that the batch resolves (which must not stand before its
-- turn), or they touch an account that all of the batch together would bring below its limit.
CREATE OR REPLACE FUNCTION ledger_careful(
  compounds int[], ids uuid[], debits uuid[], credits uuid[], amounts bigint[], pendings uuid[], cause_kinds text[],
  cause_ids uuid[], limited uuid[]
) RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE
  found int[]; risky uuid[];
BEGIN
  IF limited IS NOT NULL THEN
    SELECT array_agg(a.id) INTO risky
      FROM (
        SELECT x.account_id, sum(x.debit) AS debit, sum(x.credit) AS credit
        FROM unnest(debits, credits, amounts, pendings) AS n(debit, credit, amount, pending),
          LATERAL (VALUES (n.debit, n.amount, 0::bigint), (n.credit, 0::bigint, n.amount)) x(account_id, debit, credit)
        WHERE n.pending IS NULL AND x.account_id = ANY(limited) GROUP BY x.account_id
      ) m JOIN ledger_account a ON a.id = m.account_id
      WHERE a.floor > CASE WHEN a.type IN ('ASSET', 'EXPENSE')
        THEN a.debits_posted - a.credits_posted - a.credits_pending - m.credit
        ELSE a.credits_posted - a.debits_posted - a.debits_pending - m.debit END;
  END IF;
  SELECT array_agg(DISTINCT n.compound) INTO found
    FROM unnest(compounds, ids, debits, credits, pendings, cause_kinds, cause_ids)
      AS n(compound, id, debit, credit, pending, cause_kind, cause_id)
    WHERE n.pending IS NOT NULL OR n.id = ANY(pendings) OR n.debit = ANY(risky) OR n.credit = ANY(risky)
      OR EXISTS (SELECT 1 FROM ledger_transfer t WHERE t.cause_id = n.cause_id AND t.cause_kind = n.cause_kind);
  RETURN COALESCE(found, '{}') || ARRAY(
    SELECT unnest(array_agg(n.compound)) FROM unnest(compounds, cause_kinds, cause_ids) AS n(compound, kind, id)
    GROUP BY n.kind, n.id HAVING min(n.compound) <> max(n.compound));
END $$;

-- The first of these accounts that a compound would bring below its floor. What only adds to an account is never
-- refused, though it stay below.
CREATE OR REPLACE FUNCTION ledger_below_floor(
  limited uuid[], debits uuid[], credits uuid[], amounts bigint[], phases text[], pendings uuid[]
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  broken uuid;
BEGIN
  SELECT a.id INTO broken
    FROM (
      SELECT x.account_id, sum(x.debit * n.posted) AS debits, sum(x.credit * n.posted) AS credits,
             sum(x.debit * n.waiting) AS debits_waiting, sum(x.credit * n.waiting) AS credits_waiting
      FROM (
        SELECT u.debit, u.credit, CASE WHEN u.phase IN ('SINGLE', 'POST') THEN u.amount ELSE 0 END AS posted,
          CASE WHEN u.phase = 'PENDING' THEN u.amount WHEN u.pending IS NULL THEN 0
               ELSE -(SELECT p.amount FROM ledger_transfer p WHERE p.id = u.pending) END AS waiting
        FROM unnest(debits, credits, amounts, phases, pendings) AS u(debit, credit, amount, phase, pending)
      ) n, LATERAL (VALUES (n.debit, 1, 0), (n.credit, 0, 1)) x(account_id, debit, credit)
      WHERE x.account_id = ANY(limited) GROUP BY x.account_id
    ) m JOIN ledger_account a ON m.account_id = a.id
    WHERE a.floor > CASE WHEN a.type IN ('ASSET', 'EXPENSE')
      THEN a.debits_posted + m.debits - a.credits_posted - m.credits - a.credits_pending - m.credits_waiting
      ELSE a.credits_posted + m.credits - a.debits_posted - m.debits - a.debits_pending - m.debits_waiting END
      AND CASE WHEN a.type IN ('ASSET', 'EXPENSE') THEN m.credits + m.credits_waiting > m.debits
               ELSE m.debits + m.debits_waiting > m.credits END
    ORDER BY a.id LIMIT 1;
  RETURN broken;
END $$;

-- A moment as ISO 8601 in UTC, as Python writes it: no fraction when there is none.
CREATE OR REPLACE FUNCTION ledger_moment(moment timestamptz) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN to_char(moment AT TIME ZONE 'UTC', CASE WHEN extract(microseconds FROM moment)::bigint % 1000000 = 0
    THEN 'YYYY-MM-DD"T"HH24:MI:SS' ELSE 'YYYY-MM-DD"T"HH24:MI:SS.US' END) || '+00:00';
END $$;

-- Appends up to `most` waiting transfers of a book to its chain; answers how many. Nothing while another sealer is
-- at it (`lock`: the book's advisory lock). The text is RFC 8785's canonical JSON: chain.link_hash makes the same, and check-books compares.
CREATE OR REPLACE FUNCTION ledger_seal(book uuid, lock bigint, most int, moment timestamptz) RETURNS int LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off
  SET enable_mergejoin = off AS $$
DECLARE
  t record; previous text; place bigint; ids uuid[] := '{}'; seqs bigint[] := '{}'; hashes text[] := '{}';
BEGIN
  IF NOT pg_try_advisory_xact_lock(lock) THEN
    RETURN 0;
  END IF;
  SELECT c.hash, c.seq INTO previous, place FROM ledger_chain c WHERE c.cooperative_id = book
    ORDER BY c.seq DESC LIMIT 1;
  previous := COALESCE(previous, repeat('0', 64));
  place := COALESCE(place, 0);
  FOR t IN SELECT f.* FROM (
      SELECT u.transfer_id, u.created_at FROM ledger_unsealed u WHERE u.cooperative_id = book
      ORDER BY u.created_at, u.transfer_id LIMIT most
    ) w JOIN ledger_transfer f ON f.id = w.transfer_id ORDER BY w.created_at, w.transfer_id
  LOOP
    place := place + 1;
    previous := encode(sha256(convert_to(
      '{"amount":' || t.amount
      || ',"at":"' || ledger_moment(t.created_at) || '","book":"' || t.cooperative_id
      || '","cause":{"id":"' || t.cause_id || '","kind":' || to_json(t.cause_kind)
      || '},"credit":"' || t.credit_account_id || '","debit":"' || t.debit_account_id
      || CASE WHEN t.expires_at IS NULL THEN '"' ELSE '","expires":"' || ledger_moment(t.expires_at) || '"' END
      || ',"id":"' || t.id || '","kind":' || to_json(t.kind)
      || ',"pending":' || COALESCE('"' || t.pending_id || '"', 'null')
      || ',"phase":"' || t.phase || '","previous":"' || previous || '","seq":' || place || '}', 'UTF8')), 'hex');
    ids := ids || t.id;
    seqs := seqs || place;
    hashes := hashes || previous;
  END LOOP;
  INSERT INTO ledger_chain (transfer_id, cooperative_id, seq, hash, created_at)
    SELECT n.id, book, n.seq, n.hash, moment FROM unnest(ids, seqs, hashes) AS n(id, seq, hash);
  DELETE FROM ledger_unsealed u WHERE u.transfer_id = ANY(ids);
  RETURN cardinality(ids);
END $$;

CREATE INDEX IF NOT EXISTS ledger_transfer_expiry ON ledger_transfer (expires_at) WHERE phase = 'PENDING';
