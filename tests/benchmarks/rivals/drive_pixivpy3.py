"""pixivpy3 in threads, with a client for each of the first forty: sharing one makes it slower."""

import drive
import guard
from pixivpy3 import AppPixivAPI


def main():
    base = drive.url()

    def client():
        api = AppPixivAPI()
        api.hosts = base
        guard.loopback(api.hosts)
        api.set_auth("token")
        return api

    assert len(client().user_illusts(1).illusts) == 30
    drive.ready("pixivpy3", "requests")
    requests = {
        "detail": lambda api: api.illust_detail(1),
        "page": lambda api: api.user_illusts(1),
    }
    drive.run_threads(client, requests)


main()
