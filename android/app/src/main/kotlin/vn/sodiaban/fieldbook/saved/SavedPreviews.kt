package vn.sodiaban.fieldbook.saved

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import java.time.Instant
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.CasePageView
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.CaseState
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.NumberLine
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.core.Rejection
import vn.sodiaban.fieldbook.core.ReportKind
import vn.sodiaban.fieldbook.core.ReportNumber
import vn.sodiaban.fieldbook.core.ReportPart
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.core.Standing
import vn.sodiaban.fieldbook.core.Status
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.form.FormSamples
import vn.sodiaban.fieldbook.report.ReportSamples
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Reading

/** The main states, for previews and for the kept pictures. All persons are invented. */
internal object SavedSamples {
    private val time = Instant.parse("2026-11-22T02:15:00Z")
    private val row = CaseRow(
        id = "c1",
        kind = CaseKind.VISIT,
        petitionKind = null,
        text = "",
        unit = "Ấp An Định",
        time = time,
        state = CaseState.RECORDED,
        open = false,
        due = null,
        daysLeft = null,
        dueIsExpected = false,
        urgency = Urgency.NORMAL,
        receipt = "BKT-27-4H",
        sending = Sending.CanUndo(time),
        photos = 0,
    )
    private val case = CasePageView(
        row = row,
        unitId = "h1",
        author = "Trần Thị Mai",
        mine = true,
        text = "",
        place = "",
        basis = null,
        resident = null,
        visit = null,
        problem = null,
        report = null,
        actions = emptyList(),
        canCorrect = true,
        canTakeBack = true,
        history = emptyList(),
        photos = emptyList(),
        forks = emptyList(),
        erased = false,
    )
    private val status = Status(
        standing = Standing.READY,
        person = "Trần Thị Mai",
        organisation = "Xã An Qui",
        label = "BKT",
        posts = FormSamples.posts,
        traffic = ReportSamples.traffic,
        practice = false,
        officePhone = "0275 3800 123",
        version = "0.1.0",
    )
    private val numbers = ReportPart(
        kind = ReportKind.WEEKLY,
        from = FormSamples.day,
        to = FormSamples.day,
        nothing = true,
        numbers = (ReportNumber.entries - ReportNumber.UNKNOWN).mapIndexed { index, what -> NumberLine(what, index) },
        done = "",
        notDone = "",
        proposed = "",
    )
    private val petition = row.copy(kind = CaseKind.PETITION, petitionKind = PetitionKind.PROPOSAL)

    private fun of(case: CasePageView, network: Network = Network.UNMETERED, undo: Undo = Undo.NONE, problem: FieldbookException? = null) =
        SavedState(
            Reading.Ready(SavedCase(case, status.copy(traffic = ReportSamples.traffic.copy(network = network)))),
            undo,
            problem = problem,
        )

    val visit = of(case, undo = Undo.TO_FORM)
    val noNetwork = of(case.copy(row = row.copy(sending = Sending.Waiting)), Network.NO_NETWORK)
    val received = of(case.copy(row = row.copy(sending = Sending.Received)), undo = Undo.TAKE_BACK)
    val takenBack = of(case.copy(row = row.copy(sending = Sending.Waiting)), undo = Undo.TAKEN_BACK)
    val tooLate = of(case, problem = FieldbookException.Rejected(Rejection.TooLateToUndo))
    val forResident = of(case.copy(row = petition), undo = Undo.TO_FORM)
    val report = of(case.copy(row = row.copy(kind = CaseKind.REPORT, receipt = null), report = numbers), undo = Undo.TO_FORM)
}

@Composable
internal fun SavedSample(state: SavedState) = SavedContent(state, listOf("BKT-28-7K").filter { state == SavedSamples.visit }, {}, {}, {})

@Preview
@Composable
private fun VisitPreview() = FieldbookTheme { SavedSample(SavedSamples.visit) }

@Preview
@Composable
private fun ForResidentPreview() = FieldbookTheme { SavedSample(SavedSamples.forResident) }
