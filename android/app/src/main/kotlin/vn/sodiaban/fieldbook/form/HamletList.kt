package vn.sodiaban.fieldbook.form

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.ui.LineCard
import vn.sodiaban.fieldbook.ui.StatusChip
import vn.sodiaban.fieldbook.ui.Tone

/** So many places that are not one's own are shown before anything is typed. */
private const val OTHERS = 20

/** Own hamlets first; others by name, marks or none, also by a name of before. */
@Composable
fun HamletList(
    hamlets: List<HamletChoice>,
    found: List<HamletChoice>?,
    chosen: String,
    onChoose: (HamletChoice) -> Unit,
    onFind: (String) -> Unit,
    modifier: Modifier = Modifier,
) = Column(modifier.fillMaxWidth(), verticalArrangement = Arrangement.spacedBy(8.dp)) {
    val own = hamlets.filter { it.own }
    own.forEach { hamlet -> HamletLine(hamlet, hamlet.id == chosen) { onChoose(hamlet) } }
    TextBox(stringResource(R.string.form_find_hamlet), "", edition = 0, onType = onFind)
    val others = found ?: if (own.isEmpty()) hamlets.take(OTHERS) else emptyList()
    others.forEach { hamlet -> HamletLine(hamlet, hamlet.id == chosen) { onChoose(hamlet) } }
    if (found?.isEmpty() == true) Text(stringResource(R.string.form_no_hamlet_found))
}

@Composable
private fun HamletLine(hamlet: HamletChoice, isChosen: Boolean, onClick: () -> Unit) = LineCard(onClick) {
    Text(hamlet.name, style = MaterialTheme.typography.titleMedium)
    if (hamlet.commune.isNotEmpty()) Text(hamlet.commune, style = MaterialTheme.typography.bodySmall)
    if (isChosen) StatusChip(stringResource(R.string.form_chosen), Tone.GOOD)
}
