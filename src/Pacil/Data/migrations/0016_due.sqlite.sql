-- The program itself queues the entries that can notify somebody, together with the entries.
drop trigger notification_due_insert;
