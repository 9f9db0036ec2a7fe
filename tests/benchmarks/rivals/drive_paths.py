"""What the floors ask for."""

PATHS = {
    "detail": "/v1/illust/detail?illust_id=1",
    "page": "/v1/user/illusts?user_id=1",
    "web": "/ajax/search/artworks/original?word=original",
}
HEADERS = {"Authorization": "Bearer token", "User-Agent": "floor", "Accept": "*/*"}
