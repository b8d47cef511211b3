#!/usr/bin/env python3
"""Plants one mistake at a time into the kit, and shows who sees it: the compiler, or which test.

    mutate.py            all of them
    mutate.py NAME…      only these
    mutate.py --list     their names

At least 18 must be seen; ends with 1 otherwise. Needs a tree in which `check.sh test` passes, and FIELDBOOK_BUILT=1 in effect: the
core is not built again. The mistake is taken back whatever happens.
"""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
KIT = HERE / "Packages/FieldbookKit/Sources/FieldbookKit"
MUST_BE_SEEN = 18
PATIENCE = 300

# name: (file, what stands there, the mistake, the tests that are run)
MISTAKES = {
    "wrong argument label": ("enrol/EnrolContent.swift", "text: $digits", "txt: $digits", "Enrol"),
    "value in place of a binding": ("enrol/EnrolContent.swift", "text: $address", "text: address", "Enrol"),
    "field bound to its neighbour": ("enrol/EnrolContent.swift", "text: $digits", "text: $address", "Enrol"),
    "async call without await": ("enrol/EnrolScreen.swift", "await model.resume()", "model.resume()", "Enrol"),
    "change of state off the main actor": (
        "today/TodayModel.swift", "        Task {\n            state.problem", "        Task.detached {\n            state.problem", "Today"),
    "error not handled": ("ui/Reading.swift", "    } catch {\n        return .failed(.Internal(reason: \"\\(error)\"))\n    }", "    }", "Today"),
    "case of an enum forgotten": ("ui/SendingChip.swift", "        case .held: StatusChip(words(.sendingHeld), .late)\n", "", "Today"),
    "key that is in no catalogue": ("today/TodayContent.swift", ".screenTodayWaiting", ".screenTodayWaitin", "Today"),
    "wrong key": ("today/TodayContent.swift", "words(.actionVisitLater)", "words(.actionStartVisit)", "Today"),
    "private state written from outside": ("today/TodayScreen.swift", "onSend: model.send)", "onSend: { model.state.isSending = true })", "Today"),
    "dead button": ("ui/Buttons.swift", "        Button(action: action) {\n            Text(text)", "        Button(action: {}) {\n            Text(text)", "Enrol"),
    "button that stays off": ("ui/Buttons.swift", ".disabled(isBusy)", ".disabled(true)", "Enrol"),
    "button that goes elsewhere": ("today/TodayContent.swift", "onGo(.petition()) }\n            SideButton", "onGo(.report) }\n            SideButton", "Today"),
    "task that is never started": ("today/TodayScreen.swift", "\n            .task { await model.follow() }", "", "Today"),
    "unobserved state": ("today/TodayModel.swift", "    private(set) var state", "    @ObservationIgnored private(set) var state", "Today"),
    "news of another kind followed": ("today/TodayModel.swift", ".records, .drafts, .traffic, .account", ".drafts", "Today"),
    "news not stopped": ("ui/Reading.swift", "                news.stop()  // the core does not hear of a cancelled task\n", "", "Reading"),
    "first reading left out": ("ui/Reading.swift", "        trigger.yield()\n        let listening", "        let listening", "Reading"),
    "place not kept over a kill": ("shell/Root.swift", "        .onChange(of: stack.kept) { _, now in kept = now }\n", "", "ReportFlow"),
    "place not brought back": ("shell/Root.swift", "        .onAppear { stack.kept = kept }\n", "", "ReportFlow"),
    "missing dismiss": ("shell/Stack.swift", "func back() { _ = entries.popLast() }", "func back() {}", "TodayFlow"),
    "page pushed twice": ("shell/Stack.swift", "        if place == here { return }\n", "", "Stack"),
    "draft's page made anew": ("shell/Stack.swift", "entries[entries.count - 1].place = place", "entries[entries.count - 1] = Entry(place: place)", "Stack"),
    "no destination for a page": (
        "shell/BottomBar.swift", ".navigationDestination(for: Stack.Entry.self) { entry in", ".navigationDestination(for: Place.self) { entry in", "NewCode"),
    "environment not handed on": ("ui/Theme.swift", "            .environment(\\.dynamicTypeSize, max(system, textSize.least))\n", "", "MeFlow|Theme"),
    "control without a name": ("ui/Buttons.swift", "            Text(text)\n        }\n    }\n}\n\n/// A line of a list", "        }\n    }\n}\n\n/// A line of a list", "Outline"),
    "network not told to the core": ("sending/Presence.swift", "                _ = await outcome { try await fieldbook.setNetwork(network: network) }\n", "", "Today"),
    "secret page shown": ("shell/SecureWindow.swift", "case .petition, .case: true", "case .petition, .case: false", "SecureWindow"),
    "PIN that any digits open": ("me/Choices.swift", "(try? keychain.read(pinKey)) == Data(pin.utf8)", "(try? keychain.read(pinKey)) != nil", "EnrolFlow|MeFlow"),
}


def run(filter):
    environment = {**os.environ, "FIELDBOOK_BUILT": "1"}
    running = subprocess.Popen(
        ["./check.sh", "test", filter], cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
        start_new_session=True)
    try:
        output, _ = running.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        return 1, "✘ Test hangs with"
    if "Test run with 0 tests" in output:
        sys.exit(f"no test is named like {filter!r}")
    return running.returncode, output


def seen_by(output):
    errors = re.findall(r"^\S+?([\w+]+\.swift):\d+:\d+: error: (.*)$", output, re.M)
    if errors:
        return "compiler", f"{errors[0][0]}: {errors[0][1]}"
    tests = re.findall(r"✘ Test (.+?) (?:recorded|failed|with)", output)
    if tests:
        return "tests", tests[0]
    return "tests", (re.findall(r"(Fatal error.*|✘.*|error: .*)", output) or ["?"])[0]


def plant(name):
    file, right, wrong, filter = MISTAKES[name]
    path = KIT / file
    text = path.read_text()
    if right not in text:
        sys.exit(f"{name}: {file} no longer has {right!r}")
    start = time.time()
    path.write_text(text.replace(right, wrong, 1))
    try:
        code, output = run(filter)
    finally:
        path.write_text(text)
    by, how = seen_by(output) if code else ("-", "missed")
    print(f"| {name} | {by} | {how[:110]} | {time.time() - start:.0f} s |", flush=True)
    return bool(code)


def main():
    names = sys.argv[1:] or list(MISTAKES)
    if names == ["--list"]:
        print("\n".join(MISTAKES))
        return
    print("| mistake | seen by | first sign | time |\n|---|---|---|---|", flush=True)
    seen = sum([plant(name) for name in names])
    print(f"\n{seen} of {len(names)} seen")
    if len(names) == len(MISTAKES) and seen < MUST_BE_SEEN:
        sys.exit(1)


main()
