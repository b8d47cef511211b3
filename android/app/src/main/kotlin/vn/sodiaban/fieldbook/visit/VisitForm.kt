package vn.sodiaban.fieldbook.visit

import vn.sodiaban.fieldbook.core.Entry
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FormChoices
import vn.sodiaban.fieldbook.core.PhotoEntry
import vn.sodiaban.fieldbook.core.TopicEntry
import vn.sodiaban.fieldbook.core.VisitEntry
import vn.sodiaban.fieldbook.form.FormShape

/** The questions of a visit, in their order. */
enum class VisitPart { HAMLET, DAY, PLACE, MET, TOPICS, FOLLOW_UPS, PROBLEMS, PHOTOS, PROMISES, CHECK }

/** Written down later: a day is asked, a position is not. */
val VisitEntry.isLater: Boolean get() = started == null

/** The form of a visit. */
object VisitForm : FormShape<VisitEntry, VisitPart> {
    override val parts = VisitPart.entries
    override val check = VisitPart.CHECK

    override fun wrap(entry: VisitEntry): Entry = Entry.Visit(entry)

    override fun unwrap(entry: Entry): VisitEntry = (entry as Entry.Visit).entry

    override fun pages(entry: VisitEntry, choices: FormChoices, isOneByOne: Boolean): List<List<VisitPart>> {
        val asked = parts.filter {
            when (it) {
                VisitPart.DAY -> entry.isLater

                VisitPart.TOPICS -> choices.topics.isNotEmpty()

                VisitPart.FOLLOW_UPS -> choices.followUps.isNotEmpty()

                VisitPart.HAMLET, VisitPart.PLACE, VisitPart.MET, VisitPart.PROBLEMS, VisitPart.PHOTOS, VisitPart.PROMISES,
                VisitPart.CHECK,
                -> true
            }
        }
        return if (isOneByOne) asked.map(::listOf) else asked.groupBy(::group).values.toList()
    }

    /** What a liaison is asked on one page. */
    private fun group(part: VisitPart): Int = when (part) {
        VisitPart.HAMLET -> 0
        VisitPart.DAY, VisitPart.PLACE, VisitPart.MET -> 1
        VisitPart.TOPICS, VisitPart.FOLLOW_UPS -> 2
        VisitPart.PROBLEMS, VisitPart.PHOTOS, VisitPart.PROMISES -> 3
        VisitPart.CHECK -> 4
    }

    override fun partOf(field: Field): VisitPart = when (field) {
        Field.Hamlet -> VisitPart.HAMLET
        Field.Day -> VisitPart.DAY
        Field.PlaceReason -> VisitPart.PLACE
        Field.With -> VisitPart.MET
        is Field.Topic -> VisitPart.TOPICS
        is Field.Problem, Field.ToLevel, Field.Where, Field.Text -> VisitPart.PROBLEMS
        Field.Remark, Field.Photo -> VisitPart.PHOTOS
        is Field.Promise -> VisitPart.PROMISES
        else -> VisitPart.CHECK
    }

    override fun missing(page: List<VisitPart>, entry: VisitEntry): Field? = when {
        VisitPart.HAMLET in page && entry.hamletId.isEmpty() -> Field.Hamlet

        VisitPart.PROBLEMS in page ->
            entry.problems.indexOfFirst { it.text.isBlank() && it.photos.isEmpty() }.takeIf { it >= 0 }?.let { Field.Problem(it) }
                ?: Field.ToLevel.takeIf { entry.problems.any { it.handling == null } }

        else -> null
    }

    override fun tidy(entry: VisitEntry): VisitEntry = entry.copy(promises = entry.promises.filter { it.text.isNotBlank() })

    override fun photos(entry: VisitEntry, slot: String): List<PhotoEntry> = when (val of = PhotoOf.read(slot)) {
        PhotoOf.Visit -> entry.photos.filter { it.topic == null }
        is PhotoOf.Topic -> entry.photos.filter { it.topic == of.index }
        is PhotoOf.Problem -> entry.problems.getOrNull(of.index)?.photos.orEmpty()
    }

    override fun withPhotos(entry: VisitEntry, slot: String, photos: List<PhotoEntry>): VisitEntry = when (val of = PhotoOf.read(slot)) {
        PhotoOf.Visit -> entry.copy(photos = entry.photos.filter { it.topic != null } + photos)

        is PhotoOf.Topic ->
            entry.copy(photos = entry.photos.filter { it.topic != of.index } + photos.map { it.copy(topic = of.index) })

        is PhotoOf.Problem -> entry.copy(
            problems = entry.problems.mapIndexed { index, problem -> if (index == of.index) problem.copy(photos = photos) else problem },
        )
    }

    /** The checklist of the hamlet, with what was marked already. */
    fun withTopics(entry: VisitEntry, choices: FormChoices): VisitEntry {
        val known = entry.topics.associateBy { it.topicId }
        return entry.copy(topics = choices.topics.map { known[it.id] ?: TopicEntry(it.id, mark = null, remark = "") })
    }
}

/** What a picture of a visit shows, and the word for it in file names. */
sealed interface PhotoOf {
    val slot: String

    data object Visit : PhotoOf {
        override val slot = "visit"
    }

    data class Topic(val index: Int) : PhotoOf {
        override val slot get() = "topic-$index"
    }

    data class Problem(val index: Int) : PhotoOf {
        override val slot get() = "problem-$index"
    }

    companion object {
        fun read(slot: String): PhotoOf {
            val index = slot.substringAfter('-', "").toIntOrNull() ?: return Visit
            return if (slot.startsWith("topic")) Topic(index) else Problem(index)
        }
    }
}
