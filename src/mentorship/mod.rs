//! mentorship: professional development and support for working mothers. Mentors, sessions, learning, groups, messages.

mod action_items;
mod dashboard;
mod direct_messages;
mod feedback;
mod group_memberships;
mod issue_messages;
mod learning_paths;
mod matches;
mod mental_health_chats;
mod mentors;
mod microsoft_tokens;
mod milestone_logs;
mod profiles;
mod proxy_requests;
mod reported_issues;
mod resource_comments;
mod resources;
mod session_notes;
mod sessions;
mod side;
mod support_groups;
mod user_connections;
mod user_learning_progress;

pub use action_items::{ActionItem, ActionItemInput, ActionItemStatus};
pub use direct_messages::{Conversation, DirectMessage};
pub use feedback::{Feedback, FeedbackInput};
pub use group_memberships::{GroupMember, GroupMembership};
pub use issue_messages::IssueMessage;
pub use learning_paths::{LearningModule, LearningPath, LearningPathInput};
pub use matches::{Match, MatchInput, MatchStatus};
pub use mental_health_chats::{MentalHealthChat, MentalHealthChatInput};
pub use microsoft_tokens::MicrosoftConnection;
pub use milestone_logs::{MilestoneLog, MilestoneLogInput};
pub use profiles::{AvailabilitySlot, OnboardingStatus, Profile, ProfileInput, PublicProfile};
pub use proxy_requests::{ProxyRequest, ProxyRequestChange, ProxyRequestInput, ProxyRequestStatus};
pub use reported_issues::{IssueStatus, ReportedIssue, ReportedIssueInput};
pub use resource_comments::{ResourceComment, ResourceCommentInput};
pub use resources::{Resource, ResourceInput, ResourceType};
pub use session_notes::{SessionNote, SessionNoteInput};
pub use sessions::{Session, SessionDetails, SessionInput, SessionStatus};
pub use support_groups::{SupportGroup, SupportGroupInput};
pub use user_connections::{ConnectionStatus, UserConnection, UserConnectionInput};
pub use user_learning_progress::LearningProgress;

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    identity::Roles,
    registry::{Domain, ExportedRow},
    rest::resource,
};

/// Who approves matches, keeps the catalogues and takes care of issues.
const KEEPER: Roles = ("mentorship", &["admin"]);

/// mentorship, as the rest of the house knows it.
pub const DOMAIN: Domain = Domain {
    name: "mentorship",
    routes,
    tables: &[
        "profiles",
        "matches",
        "sessions",
        "session_notes",
        "action_items",
        "feedback",
        "user_learning_progress",
        "resources",
        "resource_comments",
        "milestone_logs",
        "group_memberships",
        "proxy_requests",
        "mental_health_chats",
        "user_connections",
        "direct_messages",
        "microsoft_tokens",
        "reported_issues",
        "issue_messages",
    ],
    export: |conn, user| {
        sqlx::query_file_as!(ExportedRow, "sql/mentorship/export.sql", user).fetch(conn).boxed()
    },
    chores: &[],
    workers: &[],
    encrypted: &[microsoft_tokens::ENCRYPTED],
};

fn routes() -> ApiRouter<App> {
    let routes = profiles::routes()
        .merge(mentors::routes())
        .merge(matches::routes())
        .merge(sessions::routes())
        .merge(session_notes::routes())
        .merge(action_items::routes())
        .merge(feedback::routes())
        .merge(resource::routes::<LearningPath>("/learning-paths", "mentorship_learning_paths"))
        .merge(user_learning_progress::routes())
        .merge(resource::routes::<MilestoneLog>("/milestones", "mentorship_milestones"))
        .merge(resource::routes::<SupportGroup>("/support-groups", "mentorship_support_groups"))
        .merge(group_memberships::routes())
        .merge(proxy_requests::routes())
        .merge(mental_health_chats::routes())
        .merge(user_connections::routes())
        .merge(direct_messages::routes())
        .merge(microsoft_tokens::routes())
        .merge(resources::routes())
        .merge(resource_comments::routes())
        .merge(reported_issues::routes())
        .merge(issue_messages::routes())
        .merge(dashboard::routes());
    ApiRouter::new().nest("/mentorship", routes)
}
