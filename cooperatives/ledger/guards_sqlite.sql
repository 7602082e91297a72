-- What the ledger must never do, refused by the database itself; and the accumulators.
-- Needs PRAGMA recursive_triggers = ON, else INSERT OR REPLACE slips past the delete trigger.
DROP TRIGGER IF EXISTS ledger_transfer_no_update;
CREATE TRIGGER ledger_transfer_no_update BEFORE UPDATE ON ledger_transfer
BEGIN SELECT RAISE(ABORT, 'ledger: a transfer is never changed'); END;

DROP TRIGGER IF EXISTS ledger_transfer_no_delete;
CREATE TRIGGER ledger_transfer_no_delete BEFORE DELETE ON ledger_transfer
BEGIN SELECT RAISE(ABORT, 'ledger: a transfer is never removed'); END;

DROP TRIGGER IF EXISTS ledger_chain_no_update;
CREATE TRIGGER ledger_chain_no_update BEFORE UPDATE ON ledger_chain
BEGIN SELECT RAISE(ABORT, 'ledger: the chain is never changed'); END;

DROP TRIGGER IF EXISTS ledger_chain_no_delete;
CREATE TRIGGER ledger_chain_no_delete BEFORE DELETE ON ledger_chain
BEGIN SELECT RAISE(ABORT, 'ledger: the chain is never cut'); END;

DROP TRIGGER IF EXISTS ledger_account_no_delete;
CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account
BEGIN SELECT RAISE(ABORT, 'ledger: an account is never removed'); END;

DROP TRIGGER IF EXISTS ledger_account_keep;
CREATE TRIGGER ledger_account_keep BEFORE UPDATE ON ledger_account
WHEN NEW.id <> OLD.id OR NEW.cooperative_id <> OLD.cooperative_id OR NEW.purpose <> OLD.purpose
  OR NEW.type <> OLD.type OR NEW.subject_id IS NOT OLD.subject_id
BEGIN SELECT RAISE(ABORT, 'ledger: an account stays in its book and keeps its purpose'); END;

DROP TRIGGER IF EXISTS ledger_transfer_check;
CREATE TRIGGER ledger_transfer_check BEFORE INSERT ON ledger_transfer
BEGIN
  SELECT RAISE(ABORT, 'ledger: an amount is more than zero') WHERE NEW.amount <= 0;
  SELECT RAISE(ABORT, 'ledger: a transfer moves between two accounts')
    WHERE NEW.debit_account_id = NEW.credit_account_id;
  SELECT RAISE(ABORT, 'ledger: a transfer stays within one book')
    WHERE (SELECT count(*) FROM ledger_account
           WHERE id IN (NEW.debit_account_id, NEW.credit_account_id)
             AND cooperative_id = NEW.cooperative_id) <> 2;
  SELECT RAISE(ABORT, 'ledger: only a pending transfer is posted, voided or expired')
    WHERE (NEW.pending_id IS NOT NULL) <> (NEW.phase IN ('POST', 'VOID', 'EXPIRE'))
       OR (NEW.pending_id IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM ledger_transfer p
             WHERE p.id = NEW.pending_id AND p.phase = 'PENDING' AND NEW.amount <= p.amount
               AND p.debit_account_id = NEW.debit_account_id
               AND p.credit_account_id = NEW.credit_account_id));
END;

DROP TRIGGER IF EXISTS ledger_transfer_accumulate;
CREATE TRIGGER ledger_transfer_accumulate AFTER INSERT ON ledger_transfer
BEGIN
  SELECT RAISE(ABORT, 'ledger: an account may not hold more than fits: out of range') FROM ledger_account
    WHERE id IN (NEW.debit_account_id, NEW.credit_account_id)
      AND max(debits_posted, credits_posted, debits_pending, credits_pending) > 9223372036854775807 - NEW.amount;
  UPDATE ledger_account SET
    debits_posted = debits_posted + CASE WHEN NEW.phase IN ('SINGLE', 'POST') THEN NEW.amount ELSE 0 END,
    debits_pending = debits_pending + CASE WHEN NEW.phase = 'PENDING' THEN NEW.amount ELSE 0 END
      - COALESCE((SELECT p.amount FROM ledger_transfer p WHERE p.id = NEW.pending_id), 0)
    WHERE id = NEW.debit_account_id;
  UPDATE ledger_account SET
    credits_posted = credits_posted + CASE WHEN NEW.phase IN ('SINGLE', 'POST') THEN NEW.amount ELSE 0 END,
    credits_pending = credits_pending + CASE WHEN NEW.phase = 'PENDING' THEN NEW.amount ELSE 0 END
      - COALESCE((SELECT p.amount FROM ledger_transfer p WHERE p.id = NEW.pending_id), 0)
    WHERE id = NEW.credit_account_id;
  INSERT INTO ledger_unsealed (transfer_id, cooperative_id, created_at)
    VALUES (NEW.id, NEW.cooperative_id, NEW.created_at);
END;

CREATE INDEX IF NOT EXISTS ledger_transfer_expiry ON ledger_transfer (expires_at) WHERE phase = 'PENDING';
