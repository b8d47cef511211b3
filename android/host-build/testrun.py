"""Runs test classes: one JVM a core, each takes the next class when it is done with one; what took long last time goes first."""
import json, os, queue, subprocess, sys, threading, time

TIMES = 'class-times.json'
DONE = '##done '
LONGEST = 900  # a class that takes more seconds hangs


def run_classes(java, names, out, cores=os.cpu_count() or 1):
    """Returns (passed, failed). `java` is the command of a JVM that answers class names on its input: harness/RunClasses.kt."""
    known = out / TIMES
    took = json.loads(known.read_text()) if known.exists() else {}
    waiting = queue.SimpleQueue()
    for name in sorted(names, key=lambda n: (-took.get(n, float('inf')), n)):
        waiting.put(name)
    start, results, printing = time.time(), {}, threading.Lock()

    def lane():
        jvm = None
        while True:
            try:
                name = waiting.get_nowait()
            except queue.Empty:
                break
            jvm = jvm or subprocess.Popen(java, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, errors='replace')
            watch = threading.Timer(LONGEST, jvm.kill)
            watch.start()
            printed, answer = ask(jvm, name)
            watch.cancel()
            with printing:
                results[name] = answer or (0, 1, 0)
                if printed:
                    print(printed, flush=True)
                if answer:
                    print(f'{name.rsplit(".", 1)[1]}: {answer[0]} tests, {answer[1]} failed, {answer[2] / 1000:.0f} s', flush=True)
                else:
                    print(f'{name}: the JVM ended (exit {jvm.wait()})', flush=True)
            if not answer:
                jvm = None
        if jvm:
            jvm.communicate()

    lanes = [threading.Thread(target=lane) for _ in range(min(cores, len(names)))]
    for each in lanes:
        each.start()
    for each in lanes:
        each.join()
    took |= {name: ms / 1000 for name, (_, _, ms) in results.items()}
    known.write_text(json.dumps(took, indent=0, sort_keys=True))
    failed = sum(f for _, f, _ in results.values())
    passed = sum(n for n, _, _ in results.values()) - failed
    slowest = sorted(results, key=lambda n: -results[n][2])[:5]
    print(f'{len(names)} test classes in {time.time() - start:.0f} s; the longest:', *[f'{n.rsplit(".", 1)[1]} {results[n][2] / 1000:.0f} s' for n in slowest], flush=True)
    return max(passed, 0), failed


def ask(jvm, name):
    """What the JVM printed, and (tests, failures, milliseconds), or none when it died."""
    try:
        print(name, file=jvm.stdin, flush=True)
    except BrokenPipeError:
        return '', None
    lines = []
    for line in jvm.stdout:
        if line.startswith(DONE):
            return '\n'.join(lines), tuple(map(int, line.split()[1:]))
        if line.strip() and not line.startswith('[Robolectric] WARN: Android SDK'):  # of versions nobody asked for
            lines.append(line.rstrip())
    return '\n'.join(lines), None
