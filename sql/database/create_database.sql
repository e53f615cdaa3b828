-- The database of a private development server.
create database trellis
