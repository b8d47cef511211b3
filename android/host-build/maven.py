"""Libraries and tools from Maven repositories: resolved once into android.lock, then fetched as listed there."""
import os, pathlib, re, subprocess, sys, tomllib, zipfile

from steps import ANDROID, HERE, OUT, cp, download, step, whole

LOCK = HERE / 'android.lock'
CACHE = pathlib.Path(os.environ.get('HOST_BUILD_CACHE', '~/.cache/host-build')).expanduser()
REPOS = os.environ.get('HOST_BUILD_REPOS', 'central').split()  # elsewhere: 'central google'
CATALOGUE = tomllib.loads((ANDROID / 'gradle/libs.versions.toml').read_text())
V = CATALOGUE['versions']
# Families that Gradle's module metadata keeps at one version each; POMs do not say so.
ALIGNED = re.compile(r'androidx\.(camera|compose\.(animation|foundation|runtime|ui)|activity|collection|concurrent|lifecycle|navigation|navigationevent|room|savedstate|sqlite|work)$')


def coursier(*args):
    lib = whole(CACHE / f'coursier-{V["coursier"]}', lambda part: download(
        'mvn', '-q', '-B', '-f', HERE / 'coursier/pom.xml', f'-Dcoursier={V["coursier"]}', 'dependency:copy-dependencies', f'-DoutputDirectory={part}'))
    repos = [x for r in REPOS for x in ('-r', r)]
    try:
        return download('java', '-cp', f'{lib}/*', 'coursier.cli.Coursier', args[0], '-q', '--no-default', *repos, '--cache', CACHE / 'artifacts', *args[1:], capture_output=True, text=True).stdout.split()
    except subprocess.CalledProcessError as problem:
        sys.exit('\n'.join(l for l in problem.stderr.splitlines() if not l.startswith('Download'))[-4000:])


def roots(bundle):
    for alias in CATALOGUE['bundles'][bundle]:
        lib = CATALOGUE['libraries'][alias]
        v = lib.get('version', '')
        yield lib['module'], V[v['ref']] if isinstance(v, dict) else v


def resolve(*bundles):
    """Highest version wins, families aligned: what Gradle would choose. Returns g:a:v lines."""
    bom = CATALOGUE['libraries']['compose-bom']
    deps = [f'{m}:{v}' if v else m + ':' for b in bundles for m, v in roots(b)]
    bom = ['--bom', f'{bom["module"]}:{V["composeBom"]}'] if 'main' in bundles else []
    force = {}
    while True:
        pins = [x for m, v in force.items() for x in ('-V', f'{m}:{v}')]
        found = [l.rsplit(':', 1)[0] for l in coursier('resolve', '--reconciliation', '*:*:relaxed', *bom, *pins, *deps)]
        key = lambda v: [int(x) if x.isdigit() else -1 for x in re.split(r'[.-]', v)]
        top = {}
        for g, a, v in (l.split(':') for l in found):
            if ALIGNED.match(g):
                top[g] = max(top.get(g, v), v, key=key)
        more = {f'{g}:{a}': top[g] for g, a, v in (l.split(':') for l in found) if top.get(g, v) != v}
        if not more:
            return found
        force |= more


def lock():
    scopes = {'main': resolve('main'), 'test': resolve('main', 'test')}
    for b in CATALOGUE['bundles']:
        if b.startswith('host-'):
            scopes[b] = resolve(b)
    clash = {l.rsplit(':', 1)[0]: l for l in scopes['test']}
    for l in scopes['main']:
        if clash[l.rsplit(':', 1)[0]] != l:
            print('note: main has', l, 'but tests run with', clash[l.rsplit(':', 1)[0]])
    LOCK.write_text('# Written by ./host-build.sh lock from gradle/libs.versions.toml: do not edit.\n'
                    + ''.join(f'{s} {l}\n' for s, ls in scopes.items() for l in ls))


def locked(scope):
    return [l.split()[1] for l in LOCK.read_text().splitlines() if l.startswith(scope + ' ')]


def fetch(scope):
    """Downloads what the lock lists for a scope; returns [(g:a, file)]."""
    listing = OUT / 'fetched' / scope

    def work():
        args = [x for l in locked(scope) for x in ('--intransitive', l)]
        listing.parent.mkdir(parents=True, exist_ok=True)
        listing.write_text('\n'.join(coursier('fetch', '-A', 'aar,jar,bundle,eclipse-plugin', *args)))
    step('fetch-' + scope, [LOCK], work)
    files, found = listing.read_text().split(), []
    for l in locked(scope):
        g, a, v = l.split(':')
        tail = f'/{g.replace(".", "/")}/{a}/{v}/{a}-{v}.'
        found += [(f'{g}:{a}', pathlib.Path(f)) for f in files if tail in f]
    return found


def libraries(scope):
    """The class path and the exploded AARs of 'main' or 'test'."""
    found = fetch(scope)
    names = {m for m, _ in found}
    jars, aars = [], []
    for m, f in found:
        if m.endswith('-jvm') and m[:-4] + '-android' in names:
            continue  # a multiplatform library: the Android variant is the one to use
        if f.suffix == '.jar':
            jars.append(f)
            continue
        d = whole(CACHE / 'exploded' / f.name, zipfile.ZipFile(f).extractall)
        aars.append(d)
        jars += [j for j in [d / 'classes.jar', *sorted(d.glob('libs/*.jar'))] if j.exists()]
    return jars, aars


def tool(scope):
    return cp(f for _, f in fetch(scope))


def android():
    return fetch('host-android')[0][1]
