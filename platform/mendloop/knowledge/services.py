"""What other features may ask of knowledge."""

from mendloop.knowledge.again import draft_case
from mendloop.knowledge.article_content import ArticleContent
from mendloop.knowledge.articles import (
    ArticleFilters,
    access_article,
    content_of_article,
    find_articles,
    published_article,
)
from mendloop.knowledge.cases import (
    access_case,
    content_of,
    dismiss_case,
    edit_case,
    publish_case,
    published_content,
    send_back,
    submit_case,
    take_up_again,
)
from mendloop.knowledge.changes import newest_change
from mendloop.knowledge.content import CaseContent, Sign
from mendloop.knowledge.contributions import Contribution, contributions
from mendloop.knowledge.edits import CaseEdits
from mendloop.knowledge.entries import Changed, all_entries, entries_after
from mendloop.knowledge.joining import (
    count_votes_changed,
    family_of,
    merge_case,
    orders_of,
    restore_case,
    restore_version,
    retire_case,
    survivor_of,
    votes_of,
)
from mendloop.knowledge.listing import (
    CaseFilters,
    cases_by_id,
    cases_of_order,
    cases_to_review,
    count_own_drafts,
    count_to_review,
    find_cases,
)
from mendloop.knowledge.models import Article, Case
from mendloop.knowledge.roles import is_published, may_edit, may_review
from mendloop.knowledge.settings import Points, change_points, points_of, synonyms_of

__all__ = [
    "Article",
    "ArticleContent",
    "ArticleFilters",
    "Case",
    "CaseContent",
    "CaseEdits",
    "CaseFilters",
    "Changed",
    "Contribution",
    "Points",
    "Sign",
    "access_article",
    "access_case",
    "all_entries",
    "cases_by_id",
    "cases_of_order",
    "cases_to_review",
    "change_points",
    "content_of",
    "content_of_article",
    "contributions",
    "count_own_drafts",
    "count_to_review",
    "count_votes_changed",
    "dismiss_case",
    "draft_case",
    "edit_case",
    "entries_after",
    "family_of",
    "find_articles",
    "find_cases",
    "is_published",
    "may_edit",
    "may_review",
    "merge_case",
    "newest_change",
    "orders_of",
    "points_of",
    "publish_case",
    "published_article",
    "published_content",
    "restore_case",
    "restore_version",
    "retire_case",
    "send_back",
    "submit_case",
    "survivor_of",
    "synonyms_of",
    "take_up_again",
    "votes_of",
]
