-- What imports look for.
select id, name
from smatrx.skills
