-- What sqlite3 calls: files, journals, write-ahead logs, temporary tables, its shell's functions.
.open /work/a.db
PRAGMA journal_mode = WAL; CREATE TABLE t (a INTEGER PRIMARY KEY, b); WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 20000) INSERT INTO t SELECT x, randomblob(50) FROM c;
PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; CREATE INDEX i ON t (b); UPDATE t SET b = 1 WHERE a < 9; PRAGMA mmap_size = 9999999; SELECT count(*), datetime('now') FROM t ORDER BY b; ATTACH '/work/b.db' AS b; CREATE TABLE b.u AS SELECT * FROM t; VACUUM; PRAGMA integrity_check; PRAGMA temp_store = FILE; CREATE TEMP TABLE v AS SELECT * FROM t;
.backup /work/c.db
.output /work/o
SELECT * FROM t LIMIT 9;
.output
.shell true
.timer on
SELECT writefile('/work/w', 'x'), readfile('/work/w');
.archive -c -f /work/a.sqlar /work/w
.print ok
