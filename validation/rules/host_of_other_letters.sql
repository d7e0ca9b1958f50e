-- A host of letters beyond ASCII under a domain in ASCII: it may imitate another one.
SELECT article_id, url FROM articles WHERE regexp_matches(url, '^https?://([^/?#]+\.)?xn--[^./?#]+\.([a-z0-9-]+\.)*[a-z]{2,}([/:?#]|$)')
