/**
 * Use the types that openapi-typescript generates: a work, a page of a search, a write.
 *
 * Arguments: the address of a `pixivkit serve`, its refresh token and the value of its PHPSESSID.
 */
import createClient from "openapi-fetch";
import type { components, paths } from "./pixiv";

declare const process: { argv: string[] };

const [server, refreshToken, session] = process.argv.slice(2);
const headers = { "User-Agent": "Mozilla/5.0" };

const form = {
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  bodySerializer: (body: object) => new URLSearchParams(body as Record<string, string>),
};

function found<T>(value: T | undefined, error: unknown): T {
  if (value === undefined) throw new Error(JSON.stringify(error));
  return value;
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

const oauth = createClient<paths>({ baseUrl: `${server}/oauth`, headers });
const granted = await oauth.POST("/auth/token", {
  body: {
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    client_id: "MOBrBDS8blbauoSck0ZfDbtuzpyT",
    client_secret: "lsACyCD94FhDUtGTXi3QzcFE2uU1hqtDaKeqrdwj",
    include_policy: true,
    get_secure_url: 1,
  },
  ...form,
});
const token = found(granted.data, granted.error) as components["schemas"]["app.token.Token"];

const app = createClient<paths>({
  baseUrl: `${server}/app`,
  headers: { ...headers, Authorization: `Bearer ${token.access_token}` },
});
const page = await app.GET("/v1/search/illust", { params: { query: { word: "風景" } } });
const works = page.data?.illusts ?? [];
check(works.length > 0, JSON.stringify(page.error));
console.log(works.length, "works of a search");
const work = works.find((one) => one.is_bookmarked === false) ?? works[0];

const query = { illust_id: work.id };
const before = await app.GET("/v1/illust/detail", { params: { query } });
const { illust } = found(before.data, before.error);
check(illust.title === work.title, "another title");
check(illust.is_bookmarked === false, "it is bookmarked already");
console.log("App API:", illust.title);

await app.POST("/v2/illust/bookmark/add", {
  body: { illust_id: work.id, restrict: "public" },
  ...form,
});
const after = await app.GET("/v1/illust/detail", { params: { query } });
check(found(after.data, after.error).illust.is_bookmarked === true, "it is not bookmarked");
console.log("bookmarked");

const missing = await app.GET("/v1/illust/detail", { params: { query: { illust_id: 1 } } });
check(missing.response.status === 404, "it is there");
check(missing.error !== undefined, "it says nothing");

const web = createClient<paths>({
  baseUrl: `${server}/web`,
  headers: { ...headers, Cookie: `PHPSESSID=${session}` },
});
const shown = await web.GET("/ajax/illust/{illust_id}", {
  params: { path: { illust_id: work.id } },
});
const { body } = found(shown.data, shown.error);
check("title" in body && body.title === work.title, "another title");
console.log("web API:", work.title);
