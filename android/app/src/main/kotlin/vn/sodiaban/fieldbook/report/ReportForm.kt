package vn.sodiaban.fieldbook.report

import vn.sodiaban.fieldbook.core.Entry
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FormChoices
import vn.sodiaban.fieldbook.core.PhotoEntry
import vn.sodiaban.fieldbook.core.ReportEntry
import vn.sodiaban.fieldbook.form.FormShape

/** The three boxes of a report, and the look over it. */
enum class ReportPart { DONE, NOT_DONE, PROPOSED, CHECK }

/** The form of a report. With all three boxes blank it says "không phát sinh". */
object ReportForm : FormShape<ReportEntry, ReportPart> {
    override val parts = ReportPart.entries
    override val check = ReportPart.CHECK

    override fun wrap(entry: ReportEntry): Entry = Entry.Report(entry)

    override fun unwrap(entry: Entry): ReportEntry = (entry as Entry.Report).entry

    override fun pages(entry: ReportEntry, choices: FormChoices, isOneByOne: Boolean): List<List<ReportPart>> =
        if (isOneByOne) parts.map(::listOf) else listOf(parts - ReportPart.CHECK, listOf(ReportPart.CHECK))

    override fun partOf(field: Field): ReportPart = if (field == Field.ReportBox) ReportPart.DONE else ReportPart.CHECK

    override fun tidy(entry: ReportEntry): ReportEntry =
        entry.copy(nothing = entry.done.isBlank() && entry.notDone.isBlank() && entry.proposed.isBlank())

    override fun photos(entry: ReportEntry, slot: String): List<PhotoEntry> = emptyList()

    override fun withPhotos(entry: ReportEntry, slot: String, photos: List<PhotoEntry>): ReportEntry = entry
}
