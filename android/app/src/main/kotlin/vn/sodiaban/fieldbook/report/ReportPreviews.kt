package vn.sodiaban.fieldbook.report

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import vn.sodiaban.fieldbook.core.CalendarDay
import vn.sodiaban.fieldbook.core.CoverageLine
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.MyPost
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.PhotoPolicy
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.core.ReportDue
import vn.sodiaban.fieldbook.core.ReportEntry
import vn.sodiaban.fieldbook.core.ReportKind
import vn.sodiaban.fieldbook.core.Today
import vn.sodiaban.fieldbook.core.Traffic
import vn.sodiaban.fieldbook.form.Form
import vn.sodiaban.fieldbook.form.FormSamples
import vn.sodiaban.fieldbook.form.FormState
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Reading

/** The main states, for previews and for the kept pictures. */
internal object ReportSamples {
    private val monday = CalendarDay(2026, 11, 16)
    val traffic = Traffic(
        network = Network.UNMETERED,
        photoPolicy = PhotoPolicy.EVERYTHING,
        recordsWaiting = 1,
        photosWaiting = 0,
        photoBytesWaiting = 0,
        needsAttention = 0,
        waitingAtOffice = 0,
        bytesThisMonth = 0,
        lastContact = null,
        trouble = null,
    )
    private val head = MyPost("2", "trưởng ấp", "Ấp An Định", "h1", PostRole.HEAD)
    private val today = Today(
        day = FormSamples.day,
        person = "Lê Văn Bảy",
        posts = listOf(head),
        traffic = traffic,
        hamlets = emptyList(),
        coverage = CoverageLine(0, 0, null),
        followUps = emptyList(),
        dueSoon = emptyList(),
        waitingForMe = emptyList(),
        answersBack = emptyList(),
        reportsDue = listOf(ReportDue("h1", "Ấp An Định", ReportKind.WEEKLY, monday, FormSamples.day)),
        drafts = emptyList(),
        mayVisit = false,
        mayTakePetitions = true,
        practice = false,
        officePhone = "0275 3800 123",
    )
    private val entry = ReportEntry(
        unitId = "h1",
        kind = ReportKind.WEEKLY,
        from = monday,
        to = FormSamples.day,
        nothing = false,
        done = "Vận động 42 hộ trữ nước mưa",
        notDone = "Đường liên ấp còn ngập",
        proposed = "",
    )

    private fun at(part: ReportPart, entry: ReportEntry, isOneByOne: Boolean): FormState<ReportEntry, ReportPart> {
        val pages = ReportForm.pages(entry, FormSamples.choices, isOneByOne)
        return FormState(Reading.Ready(Form("1", entry, FormSamples.choices, pages, at = pages.indexOfFirst { part in it })))
    }

    val weekly = ReportState(Reading.Ready(today))
    val twoPlaces = ReportState(
        Reading.Ready(today.copy(posts = listOf(head, head.copy(id = "3", unit = "Ấp An Thạnh", unitId = "h2")))),
        problem = FieldbookException.StorageFull(),
    )
    val boxes = at(ReportPart.DONE, entry, isOneByOne = false)
    val oneBox = at(ReportPart.NOT_DONE, entry, isOneByOne = true)
    val check = at(ReportPart.CHECK, entry, isOneByOne = true)
    val checkNothing = at(ReportPart.CHECK, entry.copy(nothing = true, done = "", notDone = ""), isOneByOne = true)
}

@Composable
internal fun ReportSample(state: ReportState) = ReportContent(state, {}, {}, {}, {}, {})

@Composable
internal fun ReportFormSample(state: FormState<ReportEntry, ReportPart>) = ReportFormContent(state, FormSamples.actions())

@Preview
@Composable
private fun ReportPreview() = FieldbookTheme { ReportSample(ReportSamples.weekly) }

@Preview
@Composable
private fun BoxesPreview() = FieldbookTheme { ReportFormSample(ReportSamples.boxes) }
