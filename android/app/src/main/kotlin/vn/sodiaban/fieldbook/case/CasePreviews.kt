package vn.sodiaban.fieldbook.case

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import java.time.Instant
import vn.sodiaban.fieldbook.book.BookSamples
import vn.sodiaban.fieldbook.core.AnswerWay
import vn.sodiaban.fieldbook.core.CalendarDay
import vn.sodiaban.fieldbook.core.CalendarMonth
import vn.sodiaban.fieldbook.core.CaseAction
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.CasePageView
import vn.sodiaban.fieldbook.core.CaseState as Stands
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FollowUpLine
import vn.sodiaban.fieldbook.core.Handling
import vn.sodiaban.fieldbook.core.HistoryLine
import vn.sodiaban.fieldbook.core.HistoryWhat
import vn.sodiaban.fieldbook.core.Met
import vn.sodiaban.fieldbook.core.PlaceEvidence
import vn.sodiaban.fieldbook.core.ProblemPart
import vn.sodiaban.fieldbook.core.Rejection
import vn.sodiaban.fieldbook.core.Resident
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.core.TopicLine
import vn.sodiaban.fieldbook.core.TopicMark
import vn.sodiaban.fieldbook.core.UnitLevel
import vn.sodiaban.fieldbook.core.VisitPart
import vn.sodiaban.fieldbook.photo.PhotoTaker
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Reading

/** The main states, for previews and for the kept pictures. All persons are invented. */
internal object CaseSamples {
    private val written = Instant.parse("2026-11-20T02:15:00Z")
    private val recorded = HistoryLine("e1", written, "Lê Văn Bảy", HistoryWhat.Recorded, "", received = true)

    private fun happened(action: CaseAction, state: Stands, text: String, way: AnswerWay? = null) =
        HistoryLine("e-$action", written.plusSeconds(90_000), "", HistoryWhat.Happened(action, state, null, way), text, received = true)

    private val petition = CasePageView(
        row = BookSamples.petition.copy(state = Stands.RESOLVED, sending = Sending.Received, dueIsExpected = false),
        unitId = "h1",
        author = "Lê Văn Bảy",
        mine = true,
        text = "Cống số 3 bị sạt, nước mặn tràn vào ruộng. Đã hai ngày, lúa bắt đầu vàng lá.",
        place = "tổ 3, trước nhà văn hóa",
        basis = "Quy chế làm việc của xã",
        resident = Resident("Nguyễn Thị Hoa", masked = false, phone = "0901 234 567", address = "tổ 3", anonymous = false),
        visit = null,
        problem = null,
        report = null,
        actions = listOf(CaseAction.ANSWER, CaseAction.NOTE),
        canCorrect = true,
        canTakeBack = false,
        history = listOf(
            recorded,
            happened(CaseAction.RECEIVE, Stands.RECEIVED, ""),
            happened(CaseAction.RESOLVE, Stands.RESOLVED, "Sáng thứ ba đắp lại cống bằng bao cát, tuần sau xây mới."),
        ),
        photos = emptyList(),
        forks = emptyList(),
        erased = false,
    )
    private val returnedCase = petition.copy(
        row = petition.row.copy(state = Stands.RETURNED, daysLeft = -3),
        actions = listOf(CaseAction.RESUBMIT, CaseAction.WITHDRAW, CaseAction.NOTE),
        canTakeBack = true,
        history = listOf(recorded, happened(CaseAction.SEND_BACK, Stands.RETURNED, "Đề nghị ghi rõ cống nào và thời gian phát hiện.")),
    )
    private val problemCase = petition.copy(
        row = petition.row.copy(kind = CaseKind.PROBLEM, petitionKind = null, state = Stands.IN_PROGRESS, sending = Sending.TextSent(1, 3)),
        resident = null,
        problem = ProblemPart(Handling.PROPOSED, UnitLevel.COMMUNE, visitId = "v1"),
        actions = listOf(CaseAction.NOTE),
        history = listOf(recorded, happened(CaseAction.START, Stands.IN_PROGRESS, "").copy(received = false, author = "Trần Thị Mai")),
    )
    private val visitCase = petition.copy(
        row = petition.row.copy(kind = CaseKind.VISIT, petitionKind = null, state = Stands.RECEIVED, open = false),
        resident = null,
        basis = null,
        actions = listOf(CaseAction.NOTE),
        visit = VisitPart(
            day = CalendarDay(2026, 11, 20),
            evidence = PlaceEvidence.GPS_INSIDE,
            placeReason = "",
            met = listOf(Met.HEAD, Met.RESIDENTS),
            with = "tổ hội phụ nữ",
            topics = listOf(
                TopicLine("Sinh hoạt chi bộ", TopicMark.DONE, ""),
                TopicLine("Trữ nước mưa, nước ngọt", TopicMark.NOT_DONE, "Còn 6 hộ chưa có bồn"),
            ),
            promises = listOf(
                FollowUpLine("f1", "v1", "Báo lại ngày sửa cống", "Ấp An Định", CalendarMonth(2026, 12), done = null, photos = emptyList()),
            ),
        ),
        history = listOf(recorded),
    )

    private fun page(case: CasePageView) = CaseState(Reading.Ready(case), "0275 3800 123")

    val resolved = page(petition)
    val masked = page(
        petition.copy(
            mine = false,
            resident = petition.resident?.copy(name = "Nguyễn T. H.", masked = true, phone = null, address = null),
            actions = listOf(CaseAction.NOTE),
            canCorrect = false,
        ),
    )
    val returned = page(returnedCase)
    val problem = page(problemCase)
    val visit = page(visitCase)
    val loading = CaseState()
    val gone = CaseState(Reading.Failed(FieldbookException.Rejected(Rejection.NotFound)))
    val notNow = page(petition).copy(problem = FieldbookException.Offline())
}

@Composable
internal fun CaseSample(state: CaseState) = CaseContent(state, PhotoTaker({}, {}), {}, {}, {})

@Composable
internal fun AnswerSample(state: CaseState) = AnswerPage(state, {}, {})

@Composable
internal fun CorrectSample(state: CaseState) = CorrectPage(state, { _, _ -> }, {})

@Composable
internal fun NoteSample(state: CaseState) = WordsPage(state, CaseTask.Note, {}, {})

@Preview
@Composable
private fun ResolvedPreview() = FieldbookTheme { CaseSample(CaseSamples.resolved) }

@Preview
@Composable
private fun ReturnedPreview() = FieldbookTheme { CaseSample(CaseSamples.returned) }

@Preview
@Composable
private fun VisitPreview() = FieldbookTheme { CaseSample(CaseSamples.visit) }

@Preview
@Composable
private fun AnswerPreview() = FieldbookTheme { AnswerSample(CaseSamples.resolved) }
