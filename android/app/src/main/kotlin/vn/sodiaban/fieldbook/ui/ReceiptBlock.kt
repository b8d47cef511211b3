package vn.sodiaban.fieldbook.ui

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Sending

/** A receipt to show or to read out: TalkBack spells it. */
@Composable
fun ReceiptBlock(receipt: String, sending: Sending, modifier: Modifier = Modifier) {
    Surface(
        modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.large,
        color = MaterialTheme.colorScheme.surface,
        border = BorderStroke(2.dp, MaterialTheme.colorScheme.primary),
    ) {
        Column(Modifier.padding(16.dp), Arrangement.spacedBy(8.dp), Alignment.CenterHorizontally) {
            Text(stringResource(R.string.common_receipt))
            Text(
                receipt,
                Modifier.semantics { contentDescription = receipt.toList().joinToString(" ") },
                style = MaterialTheme.typography.headlineMedium.copy(fontFamily = FontFamily.Monospace),
                textAlign = TextAlign.Center,
            )
            SendingChip(sending)
        }
    }
}
