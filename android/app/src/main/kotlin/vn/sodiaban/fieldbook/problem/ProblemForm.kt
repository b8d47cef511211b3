package vn.sodiaban.fieldbook.problem

import vn.sodiaban.fieldbook.core.Entry
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FormChoices
import vn.sodiaban.fieldbook.core.PhotoEntry
import vn.sodiaban.fieldbook.core.ProblemEntry
import vn.sodiaban.fieldbook.form.FormShape

/** The questions about a problem, in their order. */
enum class ProblemPart { HAMLET, WHAT, HANDLING, CHECK }

/** The form of a problem by itself. */
object ProblemForm : FormShape<ProblemEntry, ProblemPart> {
    const val SLOT = "problem"

    override val parts = ProblemPart.entries
    override val check = ProblemPart.CHECK

    override fun wrap(entry: ProblemEntry): Entry = Entry.Problem(entry)

    override fun unwrap(entry: Entry): ProblemEntry = (entry as Entry.Problem).entry

    override fun pages(entry: ProblemEntry, choices: FormChoices, isOneByOne: Boolean): List<List<ProblemPart>> = if (isOneByOne) {
        parts.map(::listOf)
    } else {
        listOf(listOf(ProblemPart.HAMLET), listOf(ProblemPart.WHAT, ProblemPart.HANDLING), listOf(ProblemPart.CHECK))
    }

    override fun partOf(field: Field): ProblemPart = when (field) {
        Field.Hamlet -> ProblemPart.HAMLET
        Field.Text, Field.Where, Field.Photo -> ProblemPart.WHAT
        Field.ToLevel -> ProblemPart.HANDLING
        else -> ProblemPart.CHECK
    }

    override fun missing(page: List<ProblemPart>, entry: ProblemEntry): Field? = when {
        ProblemPart.HAMLET in page && entry.hamletId.isEmpty() -> Field.Hamlet
        ProblemPart.WHAT in page && entry.text.isBlank() && entry.photos.isEmpty() -> Field.Text
        ProblemPart.HANDLING in page && entry.handling == null -> Field.ToLevel
        else -> null
    }

    override fun photos(entry: ProblemEntry, slot: String): List<PhotoEntry> = entry.photos

    override fun withPhotos(entry: ProblemEntry, slot: String, photos: List<PhotoEntry>): ProblemEntry = entry.copy(photos = photos)
}
