-- First in a transaction: all its statements see the database as it is now, and change nothing.
set transaction isolation level repeatable read, read only
