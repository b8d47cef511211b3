package vn.sodiaban.fieldbook.shell

import androidx.annotation.DrawableRes
import androidx.annotation.StringRes
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.ui.MainActionHeight
import vn.sodiaban.fieldbook.ui.areWordsLarge

private data class BarItem(val place: Place, @param:StringRes val word: Int, @param:DrawableRes val icon: Int)

private val Items = listOf(
    BarItem(Place.Today, R.string.place_today, R.drawable.ic_today),
    BarItem(Place.Book, R.string.place_book, R.drawable.ic_book),
    BarItem(Place.Outbox, R.string.place_outbox, R.drawable.ic_send),
)

/** The three places. Large words take the room of the pictures: the word is what counts. */
@Composable
fun BottomBar(here: Place, onGo: Go, modifier: Modifier = Modifier) {
    Surface(modifier, color = MaterialTheme.colorScheme.surface) {
        Column {
            HorizontalDivider()
            Row(
                Modifier.fillMaxWidth().navigationBarsPadding().height(IntrinsicSize.Min).padding(4.dp).selectableGroup(),
                horizontalArrangement = Arrangement.spacedBy(4.dp),
            ) {
                Items.forEach { item -> BarButton(item, item.place == here, { onGo(item.place) }, Modifier.weight(1f)) }
            }
        }
    }
}

@Composable
private fun BarButton(item: BarItem, isHere: Boolean, onClick: () -> Unit, modifier: Modifier = Modifier) {
    val colours = MaterialTheme.colorScheme
    val ink = if (isHere) colours.onPrimaryContainer else colours.onSurfaceVariant
    Column(
        modifier
            .fillMaxHeight()
            .heightIn(min = MainActionHeight)
            .clip(MaterialTheme.shapes.medium)
            .background(if (isHere) colours.primaryContainer else colours.surface)
            .selectable(isHere, role = Role.Tab, onClick = onClick)
            .padding(vertical = 6.dp, horizontal = 2.dp),
        Arrangement.Center,
        Alignment.CenterHorizontally,
    ) {
        if (!areWordsLarge()) Icon(painterResource(item.icon), null, Modifier.size(24.dp), ink)
        Text(
            stringResource(item.word),
            color = ink,
            textAlign = TextAlign.Center,
            fontWeight = if (isHere) FontWeight.Bold else null,
            style = MaterialTheme.typography.labelMedium,
        )
    }
}
