-- Conversations with the coach and their messages. A conversation's updated_at is also the clock of its messages: each
-- takes the next tick of it, so that their order is strict, and is the order in which they were committed.

create type coach.message_role as enum ('user', 'assistant', 'system');
comment on type coach.message_role is 'Who says something in a conversation.';

create table coach.conversations (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  title base.line,
  context base.line,
  metadata base.json_object,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint conversations_pkey primary key (user_id, id),
  constraint conversations_user_id_fkey foreign key (user_id)
    references identity.users (id) on delete cascade,
  constraint conversations_metadata_check check (octet_length(metadata::text) <= 65536)
);

comment on table coach.conversations is 'A conversation of a user with the coach.';
comment on column coach.conversations.user_id is 'Whose conversation it is.';
comment on column coach.conversations.id is 'The conversation.';
comment on column coach.conversations.title is 'What it is called.';
comment on column coach.conversations.context is 'What it is about; conversations are listed by it.';
comment on column coach.conversations.metadata is 'What belongs to the context: a JSON object, at most 64 KiB.';
comment on column coach.conversations.created_at is 'When the conversation began.';
comment on column coach.conversations.updated_at is
  'When the row last changed or a message last came; strictly increasing.';

create index conversations_user_id_updated_at_idx on coach.conversations (user_id, updated_at, id);
create index conversations_user_id_context_updated_at_idx on coach.conversations (user_id, context, updated_at, id);

create trigger conversations_touch
before update on coach.conversations
for each row execute function base.touch_updated_at();
select audit.attach('coach.conversations');

create table coach.messages (
  user_id uuid not null,
  id uuid not null default base.uuid_v7(),
  conversation_id uuid not null,
  role coach.message_role not null,
  content base.long_text not null,
  metadata base.json_object,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint messages_pkey primary key (user_id, id),
  constraint messages_conversation_id_fkey foreign key (user_id, conversation_id)
    references coach.conversations (user_id, id) on delete cascade,
  constraint messages_content_check check (content <> '')
);

comment on table coach.messages is 'A message in a conversation.';
comment on column coach.messages.user_id is 'Whose conversation it is in.';
comment on column coach.messages.id is 'The message.';
comment on column coach.messages.conversation_id is 'The conversation, the same user''s.';
comment on column coach.messages.role is 'Who says it.';
comment on column coach.messages.content is 'What is said: 1 to 32,000 characters.';
comment on column coach.messages.metadata is 'How it was made: a JSON object of model, tokens.';
comment on column coach.messages.created_at is 'When it was said; strictly increasing in a conversation.';
comment on column coach.messages.updated_at is 'When the row last changed; strictly increasing.';

create index messages_conversation_id_created_at_idx on coach.messages (user_id, conversation_id, created_at, id);

create trigger messages_touch
before update on coach.messages
for each row execute function base.touch_updated_at();
select audit.attach('coach.messages');
