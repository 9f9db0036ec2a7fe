// pixivts, as it comes.
const crypto = require('node:crypto')
const readline = require('node:readline')

const { Pixiv } = require('@book000/pixivts')

const tell = (fields) => process.stdout.write(`${JSON.stringify(fields)}\n`)

async function download(url) {
  const hash = crypto.createHash('sha256')
  for await (const chunk of (await Pixiv.getAxiosImageStream(url)).data) hash.update(chunk)
  return { digest: hash.digest('hex') }
}

async function call(pixiv, method, options) {
  if (method === 'getAxiosImageStream') return await download(options.url)
  const replies = [(await pixiv[method](options)).data]
  if (replies[0].next_url) {
    const following = Object.entries(Pixiv.parseQueryString(replies[0].next_url))
    const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())
    const again = Object.fromEntries(following.map(([name, value]) => [camel(name), value]))
    replies.push((await pixiv[method](again)).data)
  }
  return { replies }
}

async function main() {
  const pixiv = await Pixiv.of(process.env.PIXIV_REFRESH_TOKEN)
  tell({ ready: true })
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { method, arguments: options } = JSON.parse(line)
    try {
      tell(await call(pixiv, method, options))
    } catch (error) {
      tell({ error: String(error).slice(0, 500) })
    }
  }
}

main()
