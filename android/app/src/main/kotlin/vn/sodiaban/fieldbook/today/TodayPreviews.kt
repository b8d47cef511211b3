package vn.sodiaban.fieldbook.today

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import java.time.Instant
import vn.sodiaban.fieldbook.core.CalendarDay
import vn.sodiaban.fieldbook.core.CalendarMonth
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.CaseState
import vn.sodiaban.fieldbook.core.CoverageLine
import vn.sodiaban.fieldbook.core.DraftRow
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FollowUpLine
import vn.sodiaban.fieldbook.core.HamletCard
import vn.sodiaban.fieldbook.core.HamletState
import vn.sodiaban.fieldbook.core.MyPost
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.core.PhotoPolicy
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.core.ReportDue
import vn.sodiaban.fieldbook.core.ReportKind
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.core.Today
import vn.sodiaban.fieldbook.core.Traffic
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Reading

/** The main states, for previews and for the kept pictures. All persons are invented. */
internal object TodaySamples {
    private val day = CalendarDay(2026, 11, 22)
    private val written = Instant.parse("2026-11-20T02:15:00Z")
    val traffic = Traffic(
        network = Network.METERED,
        photoPolicy = PhotoPolicy.TEXT_ONLY,
        recordsWaiting = 3,
        photosWaiting = 2,
        photoBytesWaiting = 410_000,
        needsAttention = 0,
        waitingAtOffice = 0,
        bytesThisMonth = 2_300_000,
        lastContact = written,
        trouble = null,
    )
    private val problem = CaseRow(
        id = "p1",
        kind = CaseKind.PROBLEM,
        petitionKind = null,
        text = "Cống số 3 bị sạt, nước mặn vào ruộng",
        unit = "Ấp An Thạnh",
        time = written,
        state = CaseState.IN_PROGRESS,
        open = true,
        due = CalendarDay(2026, 11, 24),
        daysLeft = 2,
        dueIsExpected = false,
        urgency = Urgency.URGENT,
        receipt = "BKT-27-4H",
        sending = Sending.Received,
        photos = 1,
    )
    private val answer = problem.copy(
        id = "p2",
        kind = CaseKind.PETITION,
        petitionKind = PetitionKind.PROPOSAL,
        text = "Xin lắp thêm đèn đường ở ngã ba",
        unit = "Ấp An Định",
        state = CaseState.RESOLVED,
        daysLeft = -1,
    )
    private val liaisonPost = MyPost("1", "đảng ủy viên phụ trách", "Xã An Qui", "c", PostRole.LIAISON)
    private val headPost = MyPost("2", "trưởng ấp", "Ấp An Định", "h1", PostRole.HEAD)

    private val nothing = Today(
        day = day,
        person = "Trần Thị Mai",
        posts = listOf(liaisonPost),
        traffic = traffic.copy(network = Network.UNMETERED, recordsWaiting = 0, photosWaiting = 0, photoBytesWaiting = 0),
        hamlets = emptyList(),
        coverage = CoverageLine(0, 0, null),
        followUps = emptyList(),
        dueSoon = emptyList(),
        waitingForMe = emptyList(),
        answersBack = emptyList(),
        reportsDue = emptyList(),
        drafts = emptyList(),
        mayVisit = true,
        mayTakePetitions = true,
        practice = false,
        officePhone = "0275 3800 123",
    )
    private val liaisonDay = nothing.copy(
        traffic = traffic,
        hamlets = listOf(
            HamletCard("h3", "Ấp An Hòa", HamletState.Overdue(2), CalendarDay(2026, 8, 14), openFollowUps = 1, openMatters = 2),
            HamletCard("h2", "Ấp An Thạnh", HamletState.DaysLeft(8), CalendarDay(2026, 10, 12), openFollowUps = 0, openMatters = 1),
            HamletCard("h1", "Ấp An Định", HamletState.Visited, CalendarDay(2026, 11, 21), openFollowUps = 0, openMatters = 0),
        ),
        coverage = CoverageLine(1, 3, "33,33 %"),
        followUps = listOf(
            FollowUpLine("f1", "v1", "Báo lại ngày sửa cống số 3", "Ấp An Hòa", CalendarMonth(2026, 11), done = null, photos = emptyList()),
        ),
        dueSoon = listOf(problem),
        drafts = listOf(
            DraftRow("d1", CaseKind.VISIT, "Ấp An Thạnh", "", "topics", written, written, repairs = false),
        ),
    )
    private val headDay = nothing.copy(
        person = "Lê Văn Bảy",
        posts = listOf(headPost),
        answersBack = listOf(answer),
        reportsDue = listOf(ReportDue("h1", "Ấp An Định", ReportKind.WEEKLY, CalendarDay(2026, 11, 16), day)),
        mayVisit = false,
    )

    val loading = TodayState()
    val empty = TodayState(Reading.Ready(nothing))
    val liaison = TodayState(Reading.Ready(liaisonDay))
    val head = TodayState(Reading.Ready(headDay))
    val both = TodayState(Reading.Ready(liaisonDay.copy(posts = listOf(liaisonPost, headPost), answersBack = listOf(answer))))
    val noNetwork = TodayState(
        Reading.Ready(liaisonDay.copy(traffic = traffic.copy(network = Network.NO_NETWORK, needsAttention = 1), practice = true)),
        problem = FieldbookException.Offline(),
    )
    val failed = TodayState(Reading.Failed(FieldbookException.StorageFull()))
}

@Composable
internal fun TodaySample(state: TodayState) = TodayContent(state, {}, {}, {})

@Preview
@Composable
private fun LiaisonPreview() = FieldbookTheme { TodaySample(TodaySamples.liaison) }

@Preview
@Composable
private fun HeadPreview() = FieldbookTheme { TodaySample(TodaySamples.head) }

@Preview
@Composable
private fun EmptyPreview() = FieldbookTheme { TodaySample(TodaySamples.empty) }
