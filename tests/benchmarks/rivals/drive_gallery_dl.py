"""The API class inside gallery-dl, in threads, with a session for each of the first forty."""

import itertools

import drive
import guard
from gallery_dl.extractor.pixiv import PixivArtworksExtractor

HOST = "https://app-api.pixiv.net"


def main():
    base = drive.url()

    class Extractor(PixivArtworksExtractor):
        def request(self, url, **kwargs):
            return super().request(guard.loopback(url.replace(HOST, base, 1)), **kwargs)

    def client():
        extractor = Extractor.from_url("https://www.pixiv.net/users/1/artworks")
        extractor.initialize()
        extractor.session.headers["Authorization"] = "Bearer token"
        # It would look for a token in its own cache, on the disk.
        extractor.api.login = lambda: None
        return extractor.api

    def page(api):
        return list(itertools.islice(api.user_illusts(1), 30))

    assert len(page(client())) == 30
    drive.ready("gallery-dl", "requests")
    drive.run_threads(client, {"detail": lambda api: api.illust_detail(1), "page": page})


main()
