package vn.sodiaban.fieldbook.petition

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import java.time.Instant
import vn.sodiaban.fieldbook.core.CalendarDay
import vn.sodiaban.fieldbook.core.ClockSubject
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.InputFault
import vn.sodiaban.fieldbook.core.MyPost
import vn.sodiaban.fieldbook.core.PetitionEntry
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.core.RightPlace
import vn.sodiaban.fieldbook.core.SorterClock
import vn.sodiaban.fieldbook.core.SorterQuestion
import vn.sodiaban.fieldbook.core.SorterResult
import vn.sodiaban.fieldbook.core.SorterStep
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.petition.PetitionState.Form
import vn.sodiaban.fieldbook.petition.PetitionState.Guidance
import vn.sodiaban.fieldbook.petition.PetitionState.Sorting
import vn.sodiaban.fieldbook.photo.PhotoTaker
import vn.sodiaban.fieldbook.ui.FieldbookTheme

/** The main states, for previews and for the kept pictures. All persons are invented. */
internal object PetitionSamples {
    val ask = SorterStep.Ask(SorterQuestion.WANTS_OWN_DECISION_REVIEWED, number = 2, atMost = 2)
    val firstAsk = SorterStep.Ask(SorterQuestion.ACCUSES_PERSON, number = 1, atMost = 4)
    private val complaint = SorterResult(
        PetitionKind.COMPLAINT,
        Urgency.NORMAL,
        RightPlace.DECIDING_BODY,
        listOf(
            SorterClock(ClockSubject.COMPLAINT_ACCEPTANCE, 10, false, "Luật Khiếu nại 2011, Điều 27", CalendarDay(2026, 12, 2)),
            SorterClock(ClockSubject.COMPLAINT_FIRST, 30, false, "Luật Khiếu nại 2011, Điều 28", null),
        ),
    )
    private val urgentResult = SorterResult(
        PetitionKind.FEEDBACK,
        Urgency.URGENT,
        RightPlace.COMMUNE,
        listOf(SorterClock(ClockSubject.PROPOSAL_URGENT, 1, true, "Quy chế làm việc của xã", CalendarDay(2026, 11, 23))),
    )
    val sorted = SorterStep.Sorted(complaint)
    val urgent = SorterStep.Sorted(urgentResult)
    private val hamlets = listOf(
        HamletChoice("h1", "Ấp An Định", "Xã An Qui", own = true),
        HamletChoice("h2", "Ấp An Thạnh", "Xã An Qui", own = true),
    )
    val guidance = Guidance(hamlets.take(1), "0275 3800 123")
    val guidanceTwo = Guidance(hamlets, "0275 3800 123")
    val noted = guidance.copy(isNoted = true)
    val empty = Form(
        draftId = "d",
        step = PetitionStep.TEXT,
        entry = PetitionEntry(
            hamletId = "h1",
            kind = PetitionKind.FEEDBACK,
            urgency = Urgency.URGENT,
            text = "",
            place = "",
            anonymous = false,
            name = "",
            phone = "",
            address = "",
            remote = false,
            photos = emptyList(),
        ),
        result = urgentResult,
        hamlets = hamlets,
        posts = emptyList(),
        postId = null,
    )
    private val full = empty.copy(
        entry = empty.entry.copy(
            text = "Cống số 3 bị sạt, nước mặn tràn vào ruộng. Đã hai ngày, lúa bắt đầu vàng lá. Xin đắp lại trước con nước rằm.",
            place = "tổ 3, trước nhà văn hóa",
            name = "Nguyễn Thị Hoa",
            phone = "0901 234 567",
        ),
    )
    val restored = full.copy(restored = Instant.parse("2026-11-22T02:15:00Z"))
    val missing = empty.copy(problem = FieldbookException.Invalid(Field.Text, InputFault.MISSING))
    val who = full.copy(step = PetitionStep.WHO)
    val anonymous = full.copy(step = PetitionStep.WHO, entry = full.entry.copy(anonymous = true))
    val where = full.copy(step = PetitionStep.WHERE, entry = full.entry.copy(kind = PetitionKind.COMPLAINT))
    val review = full.copy(step = PetitionStep.REVIEW)
    val reviewPosts = review.copy(
        posts = listOf(
            MyPost("1", "trưởng ấp", "Ấp An Định", "h1", PostRole.HEAD),
            MyPost("2", "bí thư chi bộ", "Ấp An Định", "h1", PostRole.SECRETARY),
        ),
        repairs = true,
        problem = FieldbookException.StorageFull(),
    )
}

@Composable
internal fun SorterSample(step: SorterStep) = SorterContent(step, Sorting(), {}, {}, {})

@Composable
internal fun GuidanceSample(state: Guidance) = GuidanceContent(state, {}, {})

@Composable
internal fun PetitionSample(state: PetitionState) = PetitionContent(state, {}, {}, {}, {}, {}, {}, {}, PhotoTaker({}, {}), {}, {}, {})

@Preview
@Composable
private fun AskPreview() = FieldbookTheme { SorterSample(PetitionSamples.ask) }

@Preview
@Composable
private fun SortedPreview() = FieldbookTheme { SorterSample(PetitionSamples.sorted) }

@Preview
@Composable
private fun GuidancePreview() = FieldbookTheme { GuidanceSample(PetitionSamples.guidance) }

@Preview
@Composable
private fun TextPreview() = FieldbookTheme { PetitionSample(PetitionSamples.restored) }

@Preview
@Composable
private fun ReviewPreview() = FieldbookTheme { PetitionSample(PetitionSamples.review) }
