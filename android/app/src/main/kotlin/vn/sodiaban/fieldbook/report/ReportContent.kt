package vn.sodiaban.fieldbook.report

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.ReportKind
import vn.sodiaban.fieldbook.core.Today
import vn.sodiaban.fieldbook.form.ChoiceList
import vn.sodiaban.fieldbook.shell.Go
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.words.word
import vn.sodiaban.fieldbook.words.words

/** Two taps for "không phát sinh", one more choice for everything else. */
@Composable
fun ReportContent(
    state: ReportState,
    onUnit: (String) -> Unit,
    onKind: (ReportKind) -> Unit,
    onNothing: () -> Unit,
    onGo: Go,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val today = (state.today as? Reading.Ready)?.value
    Page(
        title = stringResource(R.string.action_report),
        modifier = modifier,
        onBack = onBack,
        actions = if (today == null) null else ({ MainButton(stringResource(R.string.report_nothing), onNothing, isBusy = state.isBusy) }),
    ) {
        when (val reading = state.today) {
            Reading.Loading -> Text(stringResource(R.string.common_loading))
            is Reading.Failed -> ProblemBlock(reading.problem)
            is Reading.Ready -> Choices(reading.value, state, onUnit, onKind, onGo)
        }
    }
}

@Composable
private fun ColumnScope.Choices(today: Today, state: ReportState, onUnit: (String) -> Unit, onKind: (ReportKind) -> Unit, onGo: Go) {
    val (unit, kind) = state.unitOf(today) to state.kindOf(today)
    state.problem?.let { ProblemBlock(it, officePhone = today.officePhone) }
    val units = today.reportUnits
    if (units.size > 1) {
        Text(stringResource(R.string.field_unit), style = MaterialTheme.typography.titleSmall)
        ChoiceList(units.map { it.id to it.name }, unit, onUnit)
    } else {
        Text(units.firstOrNull()?.name.orEmpty(), style = MaterialTheme.typography.titleMedium)
    }
    ChoiceList(state.kinds(today).map { it to stringResource(it.word()) }, kind, onKind)
    today.reportsDue.find { it.unitId == unit && it.kind == kind }?.let {
        Text(stringResource(R.string.report_period, it.from.words(today.day), it.to.words(today.day)))
    }
    SideButton(stringResource(R.string.report_something), { onGo(Place.Problem(hamletId = unit)) }, icon = R.drawable.ic_report)
    LineButton(stringResource(R.string.report_write), { onGo(Place.ReportForm(unitId = unit, kind = kind)) })
}
