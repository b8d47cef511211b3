package vn.sodiaban.fieldbook.visit

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import java.time.Instant
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FollowUpEntry
import vn.sodiaban.fieldbook.core.Handling
import vn.sodiaban.fieldbook.core.InputFault
import vn.sodiaban.fieldbook.core.Met
import vn.sodiaban.fieldbook.core.PlaceEvidence
import vn.sodiaban.fieldbook.core.PlaceGrade
import vn.sodiaban.fieldbook.core.PositionFix
import vn.sodiaban.fieldbook.core.PromiseEntry
import vn.sodiaban.fieldbook.core.TopicEntry
import vn.sodiaban.fieldbook.core.TopicMark
import vn.sodiaban.fieldbook.core.UnitLevel
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.core.VisitEntry
import vn.sodiaban.fieldbook.form.FormFault
import vn.sodiaban.fieldbook.form.FormSamples
import vn.sodiaban.fieldbook.form.FormState
import vn.sodiaban.fieldbook.position.Fixing
import vn.sodiaban.fieldbook.problem.emptyProblem
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Reading

/** The main states, for previews and for the kept pictures. */
internal object VisitSamples {
    private val empty = VisitEntry(
        hamletId = "",
        day = null,
        started = Instant.parse("2026-11-22T01:05:00Z"),
        sinceBoot = 4_000,
        minutes = null,
        fix = null,
        placeCodeScanned = false,
        placeReason = "",
        met = emptyList(),
        with = "",
        topics = listOf("t1", "t2", "t3").map { TopicEntry(it, mark = null, remark = "") },
        followUps = emptyList(),
        problems = emptyList(),
        promises = emptyList(),
        photos = emptyList(),
        remark = "",
    )
    private val fix = PositionFix(10.0, 106.0, accuracyM = 12, approximate = false, mock = false, pinned = false)
    private val problem = emptyProblem().copy(
        text = "Cống số 3 bị sạt, nước mặn vào ruộng",
        urgency = Urgency.URGENT,
        handling = Handling.PROPOSED,
        toLevel = UnitLevel.COMMUNE,
        photos = listOf(FormSamples.photo),
    )
    private val filled = empty.copy(
        hamletId = "h1",
        fix = fix,
        met = listOf(Met.HEAD, Met.SECRETARY),
        topics = listOf(
            TopicEntry("t1", TopicMark.DONE, ""),
            TopicEntry("t2", TopicMark.NOT_DONE, "Còn 12 hộ chưa có lu chứa"),
            TopicEntry("t3", mark = null, remark = ""),
        ),
        followUps = listOf(FollowUpEntry("f1", done = true)),
        problems = listOf(problem),
        promises = listOf(PromiseEntry("Mời thủy lợi xuống xem cống", month = null)),
        photos = listOf(FormSamples.photo, FormSamples.photo.copy(bytes = 97_000)),
        remark = "Bà con phấn khởi",
    )
    private val inside = PlaceGrade(PlaceEvidence.GPS_INSIDE, asksReason = false)
    private val nowhere = PlaceGrade(PlaceEvidence.NO_EVIDENCE, asksReason = true)

    private fun at(
        part: VisitPart,
        entry: VisitEntry,
        isOneByOne: Boolean = false,
        change: OpenVisit.() -> OpenVisit = {
            this
        },
    ): FormState<VisitEntry, VisitPart> {
        val pages = VisitForm.pages(entry, FormSamples.choices, isOneByOne)
        val form = OpenVisit("1", entry, FormSamples.choices, pages, at = pages.indexOfFirst { part in it })
        return FormState(Reading.Ready(form.change()))
    }

    val failed = VisitState(FormState(Reading.Failed(FieldbookException.StorageFull())))
    val hamlet = VisitState(at(VisitPart.HAMLET, empty))
    val hamletFound = VisitState(at(VisitPart.HAMLET, empty), found = FormSamples.hamlets.takeLast(1))
    val place = VisitState(at(VisitPart.PLACE, filled), grade = inside)
    val placeLooking = VisitState(at(VisitPart.PLACE, filled.copy(fix = null)), fixing = Fixing.LOOKING, grade = nowhere)
    val placeMissing = VisitState(
        at(VisitPart.PLACE, filled.copy(fix = null)) { copy(fault = FormFault(Field.PlaceReason, InputFault.MISSING)) },
        fixing = Fixing.NOT_FOUND,
        grade = nowhere,
    )
    val placeMock = VisitState(
        at(VisitPart.PLACE, filled.copy(fix = fix.copy(mock = true, accuracyM = 900, approximate = true)), isOneByOne = true),
        grade = PlaceGrade(PlaceEvidence.GPS_OUTSIDE, asksReason = true),
    )
    val later = VisitState(at(VisitPart.DAY, filled.copy(started = null, fix = null)), grade = nowhere)
    val topics = VisitState(at(VisitPart.TOPICS, filled))
    val followUps =
        VisitState(at(VisitPart.FOLLOW_UPS, filled, isOneByOne = true) { copy(restoredFrom = Instant.parse("2026-11-22T01:20:00Z")) })
    val problems = VisitState(at(VisitPart.PROBLEMS, filled))
    val problemMissing = VisitState(
        at(VisitPart.PROBLEMS, filled.copy(problems = listOf(emptyProblem())), isOneByOne = true) {
            copy(fault = FormFault(Field.Problem(0), InputFault.MISSING))
        },
    )
    val photos = VisitState(at(VisitPart.PHOTOS, filled, isOneByOne = true) { copy(beforeRemoval = filled) })
    val promises = VisitState(at(VisitPart.PROMISES, filled, isOneByOne = true))
    val check = VisitState(at(VisitPart.CHECK, filled) { copy(posts = FormSamples.posts) }, grade = inside)
}

@Composable
internal fun VisitSample(state: VisitState) =
    VisitContent(state, FormSamples.actions(), FormSamples.taker, {}, {}, {}, {}, {})

@Preview
@Composable
private fun HamletPreview() = FieldbookTheme { VisitSample(VisitSamples.hamlet) }

@Preview
@Composable
private fun PlacePreview() = FieldbookTheme { VisitSample(VisitSamples.placeMissing) }

@Preview
@Composable
private fun TopicsPreview() = FieldbookTheme { VisitSample(VisitSamples.topics) }

@Preview
@Composable
private fun CheckPreview() = FieldbookTheme { VisitSample(VisitSamples.check) }
