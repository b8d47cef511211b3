package vn.sodiaban.fieldbook.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.words.daysLeftTone
import vn.sodiaban.fieldbook.words.daysLeftWords
import vn.sodiaban.fieldbook.words.tone
import vn.sodiaban.fieldbook.words.word

/** A case in a list: what it is, its first words, where it stands, how long it has. */
@Composable
fun CaseCard(row: CaseRow, onClick: () -> Unit, modifier: Modifier = Modifier) = LineCard(onClick, modifier) {
    val kind = stringResource(row.petitionKind?.word() ?: row.kind.word())
    Text(stringResource(R.string.common_kind_in_unit, kind, row.unit), style = MaterialTheme.typography.bodySmall)
    Text(row.text.ifEmpty { stringResource(R.string.common_no_text) }, style = MaterialTheme.typography.titleSmall)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) {
        StatusChip(stringResource(row.state.word()), row.state.tone())
        if (row.open) row.daysLeft?.let { StatusChip(daysLeftWords(it), daysLeftTone(it)) }
        if (row.sending != Sending.Received) SendingChip(row.sending)
    }
}
