// `listing.cjs FOLDER`: print the public methods of pixivts, which is in FOLDER, as JSON.
const fs = require('node:fs')
const path = require('node:path')

const folder = process.argv[2]
const dist = path.join(folder, 'dist')
const read = (...parts) => fs.readFileSync(path.join(dist, ...parts), 'utf8')

// What a request takes, by the name of its type: `offset?: number` is optional.
const requests = {}
for (const file of fs.readdirSync(path.join(dist, 'types', 'endpoints'), { recursive: true })) {
  if (!file.endsWith('.d.ts')) continue
  const source = read('types', 'endpoints', file)
  for (const [, name, body] of source.matchAll(/interface (\w+Request) \{\n(.*?)\n\}/gs)) {
    requests[name] = [...body.matchAll(/^ {4}(\w+)\??:/gm)].map((found) => found[1])
  }
}
const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())
const options = {}
for (const [, name, type] of read('options.d.ts').matchAll(/type (\w+Options) = (.*?)>;/gs)) {
  options[name] = requests[/\w+Request/.exec(type)[0]].map(camel)
}

const methods = {}
const declared = read('pixiv.d.ts').matchAll(/^ {4}(?:static )?(\w+)\((.*?)\): /gm)
for (const [, name, parameters] of declared) {
  const found = /: (\w+Options)$/.exec(parameters)
  const names = [...parameters.matchAll(/(\w+)\??: /g)].map((parameter) => parameter[1])
  const known = found && options[found[1]]
  methods[name] = (known ? known.map((one) => `${one}=None`) : names).join(', ')
}
const { version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
process.stdout.write(JSON.stringify({ version, methods }))
