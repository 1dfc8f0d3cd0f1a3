"""The forum: boards, threads, posts that moderators let through; it knows no HTTP.

Every function takes the session that it works in, so that a post and what it tells are kept together or not at all.
"""

from portal.forum.forum import Forum
from portal.forum.refusal import RefusedError

__all__ = ["Forum", "RefusedError"]
