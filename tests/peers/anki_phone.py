"""Anki's own client (`anki.collection`), told line by line what to do, as our phone is: see anki.mjs for how it is used."""

import json
import sys
import tempfile

from anki.collection import Collection

FIELDS = ["Hamlet", "Started", "Minutes", "SinceBoot", "Place", "Marks", "Topic1", "Remark1", "Topic2", "Remark2", "Remark", "Photo1", "Photo2"]


def note_type(col):
    kind = col.models.new("Visit")
    for name in FIELDS:
        col.models.add_field(kind, col.models.new_field(name))
    template = col.models.new_template("Card")
    template["qfmt"] = "{{Started}}"
    col.models.add_template(kind, template)
    col.models.add(kind)


def fields(visit):
    (topic1, remark1), (topic2, remark2) = visit["remarks"]
    place = f"{visit['lat_e6'] / 1e6} {visit['lon_e6'] / 1e6} {visit['accuracy_m']}"
    photos = [f"{bytes(p['hash']).hex()} {p['bytes']} {p['width']} {p['height']}" for p in visit["photos"]]
    marks = "".join(map(str, visit["marks"]))
    head = [visit["hamlet"], visit["started"], visit["minutes"], visit["since_boot"], place, marks]
    return [str(value) for value in [*head, topic1, remark1, topic2, remark2, visit["remark"], *photos]]


def save(col, visits):
    kind = col.models.by_name("Visit")
    deck = col.decks.id("Default")
    for visit in visits:
        note = col.new_note(kind)
        note.fields = fields(visit)
        col.add_note(note, deck)


def sync(col, auth):
    answer = col.sync_collection(auth, sync_media=False)
    if answer.required in (answer.FULL_SYNC, answer.FULL_UPLOAD):
        full(col, auth, upload=True)
    elif answer.required not in (answer.NO_CHANGES, answer.NORMAL_SYNC):
        raise RuntimeError(f"the sync asks for {answer.required}")


def full(col, auth, upload):
    col.close_for_full_sync()
    col.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
    col.reopen(after_full_sync=True)


def held(server):
    """How many visits a second phone gets, straight from the server."""
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(f"{folder}/collection.anki2")
        full(col, col.sync_login("phone", "word", server), upload=False)
        count = col.note_count()
        col.close()
        return count


def main(file, folder, server, through):
    visits = json.load(open(file, encoding="utf-8"))
    col = Collection(f"{folder}/phone.anki2")
    note_type(col)
    auth = col.sync_login("phone", "word", through)
    print("ready", flush=True)
    for line in sys.stdin:
        match line.split():
            case ["save", first, last]:
                save(col, visits[int(first) : int(last)])
                print("done", flush=True)
            case ["sync"]:
                sync(col, auth)
                print("done", flush=True)
            case ["held"]:
                print("held", held(server), flush=True)
            case other:
                raise RuntimeError(f"cannot do {other}")
    col.close()


main(*sys.argv[1:])
